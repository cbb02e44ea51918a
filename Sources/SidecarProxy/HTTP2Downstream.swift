import HTTP1
import NIOCore
import NIOHPACK
import NIOHTTP2
import ServerCore

/// A client's connection of HTTP/2 (RFC 9113): one fat handler with a table of streams, over frames.
///
///     open --drain--> going away --last stream ended--> closed
///       '--error, flood--> failed --GOAWAY sent--> closed
///
/// The windows are the back-pressure: a stream's is opened again only when its exchange takes more, the connection's
/// always, so that one slow stream does not hold up the others.
final class HTTP2Downstream: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    let site: HTTPSite
    /// Before the frames are read; set by whoever installs the handlers.
    var gate: HTTP2Gate?

    var context: ChannelHandlerContext?
    var streams: [HTTP2StreamID: HTTP2DownstreamStream] = [:]
    var lastStreamID = HTTP2StreamID.rootStream
    var parser: RequestParser
    var isWritable = true
    /// Whether the connection is being given up because of an error.
    var hasFailed = false
    var isGoingAway = false
    /// Whether the client has been told the last stream that is served.
    var isFinal = false
    /// Whether our side has ended and only the peer's is awaited.
    var isLingering = false
    var needsFlush = false
    var isFlushAwaited = false
    /// Streams that data came for since the last flush.
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
        parser = RequestParser(limits: site.plan.limits)
    }

    var plan: ConnectionPlan { site.plan }
    var worker: Worker { site.worker }
    var counters: DownstreamCounters { site.counters }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        counters.connections.add()
        counters.activeConnections.add()
        arm(at: lastActivity + .seconds(10))
        write(.rootStream, .windowUpdate(windowSizeIncrement: HTTP2Stack.connectionWindow - HTTP2Stack.streamWindow))
        flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard !hasFailed else { return }
        switch frame.payload {
        case .headers(let headers):
            if let stream = streams[frame.streamID] {
                stream.receiveTrailers(headers.headers, isLast: headers.endStream)
                touched.append(stream)
            } else {
                open(frame.streamID, headers.headers, isLast: headers.endStream)
            }
        case .data(let data):
            guard case .byteBuffer(let bytes) = data.data, let stream = streams[frame.streamID] else { return }
            stream.receiveData(bytes, isLast: data.endStream)
            touched.append(stream)
        case .rstStream:
            remove(frame.streamID)?.exchange.cancel()
        default:
            break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let touched = touched
        self.touched.removeAll(keepingCapacity: true)
        for stream in touched {
            stream.replenish()
            stream.exchange.upstream?.flush()
        }
        needsFlush = true
        flush()
        closeIfDone()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        for stream in streams.values { stream.exchange.downstreamWritabilityChanged(stream.isWritable) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as NIOHTTP2WindowUpdatedEvent: windowChanged(event)
        case let event as StreamClosedEvent: remove(event.streamID)?.exchange.cancel()
        case let event as DrainEvent:
            goAway()
            if event == .lastCall { closeIfDone() }
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if hasFailed { return giveUp() }
        // An error of one stream has been answered with RST_STREAM, and its end follows.
        guard !(error is any NIOHTTP2Error) else { return }
        context.close(promise: nil)
    }

    /// Forgets a stream.
    @discardableResult
    func remove(_ identifier: HTTP2StreamID) -> HTTP2DownstreamStream? {
        guard let stream = streams.removeValue(forKey: identifier) else { return nil }
        if streams.isEmpty { lastActivity = .now() }
        return stream
    }

    private func open(_ identifier: HTTP2StreamID, _ headers: HPACKHeaders, isLast: Bool) {
        lastStreamID = max(lastStreamID, identifier)
        let stream = HTTP2DownstreamStream(identifier, self)
        streams[identifier] = stream
        stream.start(headers, isLast: isLast)
        touched.append(stream)
        // A connection that comes while the proxy leaves serves what it came for.
        requestCount &+= 1
        if worker.state.isLeaving || requestCount >= plan.maxRequests { goAway() }
    }

    private func windowChanged(_ event: NIOHTTP2WindowUpdatedEvent) {
        guard let size = event.inboundWindowSize else { return }
        if event.streamID == .rootStream {
            let missing = HTTP2Stack.connectionWindow - size
            guard missing >= HTTP2Stack.connectionWindow / 2, !hasFailed else { return }
            write(.rootStream, .windowUpdate(windowSizeIncrement: missing))
        } else {
            streams[event.streamID]?.inboundWindow = size
        }
    }

    /// The connection is gone; the endpoints' work for it is in vain.
    private func end() {
        guard !isClosed else { return }
        isClosed = true
        counters.activeConnections.add(-1)
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        let streams = streams.values
        self.streams = [:]
        touched = []
        for stream in streams { stream.end() }
    }
}
