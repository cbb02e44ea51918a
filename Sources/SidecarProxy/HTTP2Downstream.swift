import HTTP1
import HTTP2
import NIOCore
import ProxyConfiguration
import ServerCore

/// A client's connection of HTTP/2 (RFC 9113): one handler with a table of streams.
///
///     open --drain--> going away --last stream ended--> closed
///       '--error, flood--> failed --GOAWAY sent--> closed
///
/// The windows are the back-pressure: a stream's is opened again only when its exchange takes more, the connection's
/// always, so that one slow stream does not hold up the others.
final class HTTP2Downstream: HTTP2Connection {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let site: HTTPSite
    let session: HTTP2Session

    var context: ChannelHandlerContext?
    var parser: RequestParser
    /// The head that is being turned into HTTP/1.1.
    var text: [UInt8] = []
    var isGoingAway = false
    /// Whether the client has been told the last stream that is served.
    var isFinal = false
    /// Whether our side has ended and only the peer's is awaited.
    var isLingering = false
    var isFlushAwaited = false
    private(set) var keepalive: HTTP2KeepaliveTimer?
    /// Streams that something came for since the last flush.
    private var touched: [HTTP2DownstreamStream] = []
    private var isClosed = false
    private var requestCount = 0

    // Deadlines, checked by one lazily moved callback.
    let opened = NIODeadline.now()
    var lastActivity = NIODeadline.now()
    var closeDeadline: NIODeadline?
    var armed: NIODeadline?
    var callback: NIOScheduledCallback?

    init(_ site: HTTPSite) {
        self.site = site
        session = HTTP2Stack.session(.server, site.plan.http2)
        parser = RequestParser(limits: site.plan.limits)
        session.delegate = self
    }

    var plan: ConnectionPlan { site.plan }
    var worker: Worker { site.worker }
    var counters: DownstreamCounters { site.counters }

    /// The streams whose exchanges may still be going on.
    var openStreams: [HTTP2DownstreamStream] {
        session.streams.values.compactMap { $0.handler as? HTTP2DownstreamStream }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        counters.connections.add()
        counters.activeConnections.add()
        arm(at: nextDeadline(after: opened))
        keepalive = HTTP2KeepaliveTimer(plan.http2.connectionKeepalive, self)
        session.start()
        flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.receive(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let touched = touched
        self.touched.removeAll(keepingCapacity: true)
        if let headDeadline { arm(at: headDeadline) }
        for stream in touched {
            stream.replenish()
            stream.exchange.upstream?.flush()
        }
        flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        session.isWritable = context.channel.isWritable
        for stream in openStreams { stream.connectionWritabilityChanged() }
        flush()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as DrainEvent:
            goAway(within: Self.leavingTime)
            if event == .lastCall { closeIfDone() }
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Has a stream looked after when everything has been read.
    func touch(_ stream: HTTP2DownstreamStream) { touched.append(stream) }

    /// The connection is gone; the endpoints' work for it is in vain.
    private func end() {
        guard !isClosed else { return }
        isClosed = true
        counters.activeConnections.add(-1)
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        keepalive?.stop()
        touched = []
        session.endStreams(.cancel)
    }
}

extension HTTP2Downstream: HTTP2SessionDelegate {
    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)? {
        // A connection that comes while the proxy leaves serves what it came for.
        requestCount &+= 1
        if worker.state.isLeaving { goAway(within: Self.leavingTime) }
        if requestCount >= plan.maxRequests { goAway(within: plan.drainTimeout) }
        return HTTP2DownstreamStream(stream, self)
    }

    func closedStream() {
        guard session.streams.isEmpty else { return }
        lastActivity = .now()
        if let idleDeadline { arm(at: idleDeadline) }
        closeIfDone()
    }

    func peerGoesAway() {}

    func failed(_ code: HTTP2ErrorCode) {
        session.endStreams(code)
        lingerAndClose()
    }
}
