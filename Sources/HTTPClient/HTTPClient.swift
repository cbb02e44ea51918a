public import NIOCore
import NIOPosix
public import OpenSSL

/// A client of HTTP/1.1 for the few requests that the webhook makes itself, none of them on behalf of an admission.
///
/// Every exchange has a connection of its own, so none can meet one that the server is about to close; a handshake a
/// minute costs nothing. Redirects are not followed and nothing is repeated: whoever calls knows what may be. Every wait
/// has a deadline and every buffer a limit (``HTTPClientLimits``).
///
/// ```
/// HTTPClient -> HTTPExchangeHandler -> TLSHandler -> socket
/// ```
public struct HTTPClient: Sendable {
    /// Where requests go.
    public let endpoint: HTTPEndpoint
    /// The deadlines and bounds.
    public let limits: HTTPClientLimits
    private let group: any EventLoopGroup
    private let tls: TLSContext?

    /// Makes a client; connects to nothing yet.
    ///
    /// - Parameters:
    ///   - endpoint: Where requests go.
    ///   - tls: Which server is trusted, or nil for plain HTTP.
    ///   - group: The event loops of the connections; they must outlive the client.
    ///   - limits: The deadlines and bounds.
    /// - Throws: What cannot be used of the TLS configuration.
    public init(
        endpoint: HTTPEndpoint,
        tls: TLSClientConfiguration?,
        group: any EventLoopGroup,
        limits: HTTPClientLimits = HTTPClientLimits()
    ) throws(OpenSSLError) {
        if let tls {
            self.tls = try TLSContext(client: tls)
        } else {
            self.tls = nil
        }
        self.endpoint = endpoint
        self.group = group
        self.limits = limits
    }

    /// Sends a request and collects the response, whatever its status.
    ///
    /// - Throws: ``HTTPClientError`` when there is no whole response within the deadline.
    public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        try await exchange(request, stream: nil)
    }

    /// Sends a request and hands on the lines of a 2xx response as they come, until its body ends.
    ///
    /// Any other response is collected as ``send(_:)`` does.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - quiet: How long nothing may come.
    ///   - duration: How long the exchange may take in all.
    ///   - line: Called on the connection's event loop with each line, without its end; must not block.
    /// - Returns: The response; its body is empty when its lines were handed on.
    /// - Throws: ``HTTPClientError`` when the response ends otherwise than it should.
    public func lines(
        _ request: HTTPClientRequest,
        quiet: TimeAmount,
        duration: TimeAmount,
        line: @escaping @Sendable ([UInt8]) -> Void
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await exchange(request, stream: LineStream(quiet: quiet, duration: duration, line: line))
    }

    private func exchange(
        _ request: HTTPClientRequest,
        stream: LineStream?
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        let bytes = try request.encoded(host: endpoint.authority)
        let loop = group.any()
        let promise = loop.makePromise(of: HTTPClientResponse.self)
        let plan = HTTPExchange(
            request: ByteBuffer(bytes: bytes),
            isHead: request.method == "HEAD",
            deadline: .now() + limits.responseTimeout,
            limits: limits,
            stream: stream
        )
        connect(plan, on: loop, promise)
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                // The connection ends with the promise, as after any other outcome.
                promise.fail(HTTPClientError(.cancelled, "the task was cancelled"))
            }
        } catch {
            throw located(error)
        }
    }

    private func located(_ error: any Error) -> HTTPClientError {
        let cause = error as? HTTPClientError ?? HTTPClientError(.interrupted, "\(error)")
        return HTTPClientError(cause.code, cause.reason, at: endpoint.authority)
    }

    private func connect(
        _ exchange: HTTPExchange,
        on loop: any EventLoop,
        _ promise: EventLoopPromise<HTTPClientResponse>
    ) {
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(limits.connectTimeout)
        let connected: EventLoopFuture<any Channel>
        if let address = try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port) {
            connected = bootstrap.connect(to: address)
        } else {
            connected = bootstrap.connect(host: endpoint.host, port: endpoint.port)
        }
        connected.whenComplete { result in
            switch result {
            case .failure(let error):
                promise.fail(HTTPClientError(.unreachable, "cannot connect: \(error)"))
            case .success(let channel):
                // Whoever waits may have been cancelled while the connection was made.
                promise.futureResult.whenComplete { _ in channel.close(promise: nil) }
                do {
                    try prepare(channel, exchange, promise)
                } catch {
                    promise.fail(HTTPClientError(.handshakeFailed, "\(error)"))
                }
            }
        }
    }

    /// Runs on the channel's loop, before anything can have been read.
    private func prepare(
        _ channel: any Channel,
        _ exchange: HTTPExchange,
        _ promise: EventLoopPromise<HTTPClientResponse>
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        let handler = HTTPExchangeHandler(exchange, isSecure: tls != nil, promise: promise)
        if let tls {
            let limits = TLSHandlerLimits(
                handshakeTimeout: limits.handshakeTimeout,
                shutdownTimeout: .milliseconds(100)
            )
            try pipeline.addHandler(TLSHandler(tls, serverName: endpoint.serverName, limits: limits))
        }
        try pipeline.addHandler(handler)
    }
}
