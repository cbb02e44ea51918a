import HTTP1
import NIOCore

/// A connection to an endpoint: reads responses and hands them to the request that the connection serves.
///
///     idle --begin--> head --complete--> body --finished--> idle (or closed)
///                      '-- 101 --> tunnel
///
/// Everything of it happens on the event loop of the downstream connections that it serves, one after the other.
final class UpstreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let cluster: UpstreamCluster
    let endpoint: UpstreamEndpoint
    let worker: Worker
    var idleSince = NIODeadline.now()
    /// Whether the connection has served a request before the one under way.
    private(set) var isReused = false
    /// Whether a byte of the response under way has come.
    private(set) var hasAnswered = false
    private(set) var isWritable = true

    private var context: ChannelHandlerContext?
    private var downstream: DownstreamHandler?
    private var parser = ResponseParser()
    private var body = BodyDecoder(.none)
    private var input = ByteBuffer()
    private var isHead = false
    private var isReadingHead = true
    private var isTunnel = false
    private var isPersistent = true
    private var isReadingPaused = false
    private var failed = false
    private var needsFlush = false
    private var interim = 0

    /// The most interim responses before a final one.
    private static let interimLimit = 16

    init(cluster: UpstreamCluster, endpoint: UpstreamEndpoint, worker: Worker) {
        self.cluster = cluster
        self.endpoint = endpoint
        self.worker = worker
    }

    /// Whether the connection is open and has nothing under way.
    var isUsable: Bool { context?.channel.isActive == true && downstream == nil && !failed }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Starts to serve a request.
    func begin(_ downstream: DownstreamHandler, isHead: Bool) {
        self.downstream = downstream
        self.isHead = isHead
        isReadingHead = true
        hasAnswered = false
        interim = 0
        parser.reset()
    }

    /// Lets go of a request whose response is not wanted any more, and closes.
    func abandon() {
        downstream = nil
        close()
    }

    /// Closes the connection.
    func close() {
        failed = true
        context?.close(promise: nil)
    }

    /// Writes without sending.
    func write(_ buffer: ByteBuffer) {
        needsFlush = true
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends what was written.
    func flush() {
        guard needsFlush else { return }
        needsFlush = false
        context?.flush()
    }

    /// Stops or resumes reading, for the client cannot keep up or can again.
    func setReading(_ on: Bool) {
        guard isReadingPaused == on, let channel = context?.channel else { return }
        isReadingPaused = !on
        // The option cannot fail on an open channel; a closed one needs no pause.
        try? channel.syncOptions?.setOption(.autoRead, value: on)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard downstream != nil else { return close() }
        hasAnswered = true
        if input.readableBytes > 0 {
            input.writeBuffer(&buffer)
        } else {
            input = buffer
        }
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        downstream?.flushResponse()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        downstream?.upstreamWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failed = true
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cluster.counters.activeConnections.add(-1)
        guard let downstream else {
            endpoint.idle.removeAll { $0 === self }
            return
        }
        self.downstream = nil
        if isTunnel {
            downstream.tunnelEnded()
        } else if !isReadingHead, !failed, body.endsWithConnection {
            downstream.responseFinished(trailers: [], upstream: nil)
        } else {
            downstream.upstreamFailed(self)
        }
    }

    private func process() {
        while let downstream {
            if isTunnel {
                downstream.forwardTunnel(input)
                input = ByteBuffer()
                return
            }
            do throws(HTTP1Error) {
                guard try isReadingHead ? readHead(downstream) : readBody(downstream) else { break }
            } catch {
                self.downstream = nil
                cluster.counters.protocolErrors.add()
                close()
                return downstream.upstreamBroke(error)
            }
        }
        if input.readableBytes == 0 { input = ByteBuffer() }
    }

    /// Reads a head; returns whether there is more to do.
    private func readHead(_ downstream: DownstreamHandler) throws(HTTP1Error) -> Bool {
        guard input.readableBytes > 0 else { return false }
        let received = input
        guard try parser.parse(received.readableBytesUInt8Span, isHead: isHead) else { return false }
        let head = parser.head
        guard head.status != 101 || head.isUpgrade && downstream.wantsWebSocket else {
            throw HTTP1Error(.malformedStatusLine)
        }
        if head.isInterim {
            interim += 1
            guard interim <= Self.interimLimit else { throw HTTP1Error(.malformedStatusLine) }
            downstream.receiveInterim(head, input)
            input.moveReaderIndex(forwardBy: head.byteCount)
            parser.reset()
            return true
        }
        isReadingHead = false
        isPersistent = head.isPersistent
        body = BodyDecoder(head.framing)
        downstream.receive(head, input)
        input.moveReaderIndex(forwardBy: head.byteCount)
        if head.status == 101 {
            isTunnel = true
            return input.readableBytes > 0
        }
        return true
    }

    /// Reads body bytes; returns whether there is more to do.
    private func readBody(_ downstream: DownstreamHandler) throws(HTTP1Error) -> Bool {
        let received = input
        var cursor = 0
        while true {
            switch try body.next(received.readableBytesUInt8Span, at: &cursor) {
            case .data(let range):
                downstream.receiveBody(received, range)
                // The client may be gone by now.
                guard self.downstream != nil else { return false }
            case .needsMore:
                input.moveReaderIndex(forwardBy: cursor)
                return false
            case .finished:
                input.moveReaderIndex(forwardBy: cursor)
                finish(downstream)
                return false
            }
        }
    }

    private func finish(_ downstream: DownstreamHandler) {
        self.downstream = nil
        isReused = true
        // Bytes behind the response belong to nothing that was asked for.
        let isReusable = isPersistent && input.readableBytes == 0 && !failed
        input = ByteBuffer()
        if !isReusable { close() }
        setReading(true)
        downstream.responseFinished(trailers: body.trailers, upstream: isReusable ? self : nil)
    }
}
