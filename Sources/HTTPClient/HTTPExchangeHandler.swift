import HTTP1
import NIOCore
import NIOTLS
import OpenSSL

/// Sends one request and reads its response.
///
///     waiting --handshake complete (plain: connected)--> head --complete--> body --finished--> done
///        '-------------------- error, deadline, end of the connection -----------------------^
///
/// The promise is completed exactly when the state becomes done; whoever owns it closes the channel then.
final class HTTPExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How far the exchange is.
    enum Phase {
        case waiting
        case head
        case body
        case done
    }

    let exchange: HTTPExchange
    private let isSecure: Bool
    private let promise: EventLoopPromise<HTTPClientResponse>
    var phase = Phase.waiting
    var parser = ResponseParser()
    var body = BodyDecoder(.none)
    var input = ByteBuffer()
    var response = HTTPClientResponse(status: 0)
    var lines: LineSplitter?
    var interim = 0
    /// Ends the whole exchange, or the head of a stream and then the stream.
    private var deadline: Scheduled<Void>?
    /// When a stream has been quiet for too long.
    private var quietEnd: NIODeadline?
    private var quietCheck: Scheduled<Void>?

    /// Makes the handler of one exchange.
    init(_ exchange: HTTPExchange, isSecure: Bool, promise: EventLoopPromise<HTTPClientResponse>) {
        self.exchange = exchange
        self.isSecure = isSecure
        self.promise = promise
    }

    /// The channel is connected already.
    func handlerAdded(context: ChannelHandlerContext) {
        arm(at: exchange.deadline, "no whole response within its deadline", context)
        if !isSecure { start(context) }
    }

    /// Lets go of the timers.
    func handlerRemoved(context: ChannelHandlerContext) {
        finish(.failure(HTTPClientError(.interrupted, "the connection was closed")))
    }

    /// Sends the request once the server has proved who it is.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent { start(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .done else { return }
        var received = unwrapInboundIn(data)
        input.writeBuffer(&received)
        if let stream = exchange.stream, quietEnd != nil { quietEnd = .now() + stream.quiet }
        do throws(HTTPClientError) {
            try process(context)
        } catch {
            finish(.failure(error))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if phase == .body, body.endsWithConnection {
            complete()
        } else {
            finish(.failure(HTTPClientError(.interrupted, "the connection ended before the response did")))
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let code: HTTPClientError.Code = isSecure && phase == .waiting ? .handshakeFailed : .interrupted
        finish(.failure(HTTPClientError(code, "\(error)")))
    }

    private func start(_ context: ChannelHandlerContext) {
        guard phase == .waiting else { return }
        phase = .head
        context.writeAndFlush(wrapOutboundOut(exchange.request), promise: nil)
    }

    /// The response is whole.
    func complete() {
        if let stream = exchange.stream { lines?.finish(stream.line) }
        finish(.success(response))
    }

    /// Completes the promise once; later outcomes are consequences of the first.
    private func finish(_ result: Result<HTTPClientResponse, any Error>) {
        guard phase != .done else { return }
        phase = .done
        deadline?.cancel()
        quietCheck?.cancel()
        promise.completeWith(result)
    }

    private func fail(_ reason: String) {
        finish(.failure(HTTPClientError(.timedOut, reason)))
    }

    private func arm(at time: NIODeadline, _ reason: String, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.fail(reason) }
    }

    /// The head of a stream is there: from now on its own deadlines count.
    func begin(_ stream: LineStream, _ context: ChannelHandlerContext) {
        lines = LineSplitter(limit: exchange.limits.lineBytes)
        arm(at: .now() + stream.duration, "the stream goes on longer than it should", context)
        quietEnd = .now() + stream.quiet
        watchQuiet(stream, context.eventLoop)
    }

    /// One timer a period instead of one a read: it looks when the last bytes came.
    private func watchQuiet(_ stream: LineStream, _ loop: any EventLoop) {
        guard phase == .body, let end = quietEnd else { return }
        guard end > .now() else { return fail("the stream was quiet for too long") }
        quietCheck = loop.assumeIsolated().scheduleTask(deadline: end) { self.watchQuiet(stream, loop) }
    }
}
