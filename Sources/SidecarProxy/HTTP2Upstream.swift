import HTTP1
import HTTP2
import NIOCore
import ProxyConfiguration

/// A connection of HTTP/2 to an endpoint, with a table of the streams on it.
///
///     open --GOAWAY or out of identifiers--> draining --last stream ended--> closed
final class HTTP2Upstream: HTTP2Connection {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let endpoint: UpstreamEndpoint
    let session: HTTP2Session
    var idleSince = NIODeadline.now()
    var parser = ResponseParser()
    /// The head that is being turned into HTTP/1.1.
    var text: [UInt8] = []
    var isFlushAwaited = false
    /// Whether the connection itself is gone.
    private(set) var isGone = false
    /// Whether that is so because it has not acknowledged a PING in time.
    private(set) var isUnresponsive = false
    private(set) var keepalive: HTTP2KeepaliveTimer?
    private(set) var context: ChannelHandlerContext?
    private(set) lazy var localAddress = ClientConnection.text(context?.channel.localAddress)

    private var isDraining = false
    private var hasServed = false
    private var touched: [HTTP2UpstreamStream] = []

    init(endpoint: UpstreamEndpoint) {
        self.endpoint = endpoint
        session = HTTP2Stack.session(.client, endpoint.context.http2)
        session.delegate = self
    }

    var worker: Worker { endpoint.context.worker }

    /// Whether another stream can be opened now.
    var hasRoom: Bool {
        let limit = min(session.peer.maxConcurrentStreams, endpoint.context.http2.maxConcurrentStreams)
        return isOpen && session.streams.count < limit
    }

    /// Whether streams may be opened as soon as others end.
    var isOpen: Bool {
        !isDraining && !isGone && session.canOpen && context?.channel.isActive == true
    }

    /// Whether no stream is open.
    var isIdle: Bool { session.streams.isEmpty }

    /// Whether `https` is what the endpoint is spoken to.
    var scheme: String { endpoint.context.credentials == nil ? "http" : "https" }

    /// Opens a stream for `exchange`.
    func open(_ exchange: Exchange) -> HTTP2UpstreamStream {
        keepalive?.openStream()
        let handler = HTTP2UpstreamStream(self, exchange, isReused: hasServed)
        handler.stream = session.open(handler)
        return handler
    }

    /// Closes the connection.
    func close() {
        isGone = true
        context?.close(promise: nil)
    }

    func keepaliveTimedOut() {
        endpoint.counters.keepaliveTimeouts.add()
        isUnresponsive = true
        isGone = true
        endpoint.forget(self)
        session.endStreams(.cancel)
        context?.close(promise: nil)
    }

    /// Opens no more streams, and closes behind the last.
    func drain() {
        isDraining = true
        if isIdle { close() }
    }

    /// Has a stream looked after when everything has been read.
    func touch(_ stream: HTTP2UpstreamStream) { touched.append(stream) }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        keepalive = HTTP2KeepaliveTimer(endpoint.context.http2.connectionKeepalive, self)
        session.start()
        flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        keepalive?.stop()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        keepalive?.receive()
        session.receive(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let touched = touched
        self.touched.removeAll(keepingCapacity: true)
        for stream in touched {
            stream.replenish()
            stream.exchange?.downstream?.flush()
        }
        flush()
        endpoint.serveWaiters()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        session.isWritable = context.channel.isWritable
        for stream in session.streams.values {
            (stream.handler as? HTTP2UpstreamStream)?.exchange?.upstreamWritabilityChanged()
        }
        flush()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isGone = true
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isGone = true
        keepalive?.stop()
        endpoint.connectionEnded()
        endpoint.forget(self)
        session.endStreams(.cancel)
    }
}

extension HTTP2Upstream: HTTP2SessionDelegate {
    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)? { nil }

    func closedStream() {
        hasServed = true
        guard isIdle else { return }
        idleSince = .now()
        endpoint.becameIdle(self)
        if isDraining { close() }
    }

    func peerGoesAway() {
        endpoint.forget(self)
        drain()
    }

    func failed(_ code: HTTP2ErrorCode) {
        endpoint.counters.protocolErrors.add()
        isGone = true
        flushNow()
        context?.close(promise: nil)
    }
}
