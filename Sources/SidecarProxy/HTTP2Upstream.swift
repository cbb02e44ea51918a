import HTTP1
import NIOCore
import NIOHTTP2

/// A connection of HTTP/2 to an endpoint, with a table of the streams on it.
///
///     open --GOAWAY or out of identifiers--> draining --last stream ended--> closed
final class HTTP2Upstream: ChannelInboundHandler, RoundFlushing {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    let endpoint: UpstreamEndpoint
    var gate: HTTP2Gate?
    var idleSince = NIODeadline.now()
    var parser = ResponseParser()
    private(set) var isWritable = true
    private(set) lazy var localAddress = ClientConnection.text(context?.channel.localAddress)

    private var context: ChannelHandlerContext?
    private var streams: [HTTP2StreamID: HTTP2UpstreamStream] = [:]
    private var nextStreamID = HTTP2StreamID(1)
    private var peerStreams = HTTP2Stack.streams
    private var isDraining = false
    private var hasFailed = false
    private var needsFlush = false
    private var isFlushAwaited = false
    private var hasServed = false
    private var touched: [HTTP2UpstreamStream] = []

    init(endpoint: UpstreamEndpoint) {
        self.endpoint = endpoint
    }

    /// Whether another stream can be opened now.
    var hasRoom: Bool {
        isOpen && streams.count < min(peerStreams, HTTP2Stack.streams)
    }

    /// Whether streams may be opened as soon as others end.
    var isOpen: Bool {
        !isDraining && !hasFailed && context?.channel.isActive == true
    }

    /// Whether no stream is open.
    var isIdle: Bool { streams.isEmpty }

    /// Whether `https` is what the endpoint is spoken to.
    var scheme: String { endpoint.context.credentials == nil ? "http" : "https" }

    /// Opens a stream for `exchange`.
    func open(_ exchange: Exchange) -> HTTP2UpstreamStream {
        let stream = HTTP2UpstreamStream(nextStreamID, self, exchange, isReused: hasServed)
        streams[nextStreamID] = stream
        // Identifiers run out after a thousand million requests; a fresh connection takes over then.
        if nextStreamID > HTTP2StreamID(Int32.max - 4) {
            isDraining = true
        } else {
            nextStreamID = nextStreamID.advanced(by: 2)
        }
        return stream
    }

    /// Takes a stream that has ended off the table.
    func remove(_ identifier: HTTP2StreamID) {
        guard streams.removeValue(forKey: identifier) != nil else { return }
        hasServed = true
        guard streams.isEmpty else { return }
        idleSince = .now()
        endpoint.becameIdle(self)
        if isDraining { close() }
    }

    /// Closes the connection.
    func close() {
        hasFailed = true
        context?.close(promise: nil)
    }

    /// Opens no more streams, and closes behind the last.
    func drain() {
        isDraining = true
        if streams.isEmpty { close() }
    }

    /// Writes a frame without sending it.
    func write(_ identifier: HTTP2StreamID, _ payload: HTTP2Frame.FramePayload) {
        needsFlush = true
        context?.write(wrapOutboundOut(HTTP2Frame(streamID: identifier, payload: payload)), promise: nil)
    }

    /// Sends what was written at the end of the round.
    func flush() {
        guard needsFlush, !isFlushAwaited else { return }
        isFlushAwaited = true
        endpoint.context.worker.flushes.add(self)
    }

    func flushNow() {
        isFlushAwaited = false
        guard needsFlush else { return }
        needsFlush = false
        context?.flush()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        write(.rootStream, .windowUpdate(windowSizeIncrement: HTTP2Stack.connectionWindow - HTTP2Stack.streamWindow))
        flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.payload {
        case .headers(let headers):
            guard let stream = streams[frame.streamID] else { return }
            stream.receive(headers.headers, isLast: headers.endStream)
            touched.append(stream)
        case .data(let data):
            guard case .byteBuffer(let bytes) = data.data, let stream = streams[frame.streamID] else { return }
            stream.receiveData(bytes, isLast: data.endStream)
            touched.append(stream)
        case .rstStream(let code):
            streams[frame.streamID]?.fail(code == .refusedStream ? .unprocessed : .reset)
        case .settings(.settings(let settings)):
            for setting in settings where setting.parameter == .maxConcurrentStreams { peerStreams = setting.value }
        case .goAway(let last, _, _):
            isDraining = true
            endpoint.forget(self)
            for stream in Array(streams.values) where stream.identifier > last { stream.fail(.unprocessed) }
            if streams.isEmpty { close() }
        default:
            break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let touched = touched
        self.touched.removeAll(keepingCapacity: true)
        for stream in touched {
            stream.replenish()
            stream.exchange?.downstream?.flush()
        }
        needsFlush = true
        flush()
        endpoint.serveWaiters()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        for stream in Array(streams.values) { stream.exchange?.upstreamWritabilityChanged() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as NIOHTTP2WindowUpdatedEvent: windowChanged(event)
        case let event as StreamClosedEvent: streams[event.streamID]?.fail(.reset)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if hasFailed || !(error is any NIOHTTP2Error) {
            if error is any NIOHTTP2Error { endpoint.counters.protocolErrors.add() }
            hasFailed = true
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasFailed = true
        endpoint.connectionEnded()
        endpoint.forget(self)
        for stream in Array(streams.values) { stream.fail(.connectionClosed) }
        streams = [:]
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
}

extension HTTP2Upstream: HTTP2FrameObserver {
    func sentData(_ streamID: HTTP2StreamID, _ count: Int) {
        gate?.credit()
        streams[streamID]?.sent(count)
    }

    func sentFatalGoAway() { hasFailed = true }
}
