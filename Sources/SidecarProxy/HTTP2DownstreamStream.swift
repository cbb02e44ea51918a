import HTTP1
import HTTP2
import NIOCore

/// One stream of a client's connection of HTTP/2, with its exchange.
final class HTTP2DownstreamStream {
    let exchange: Exchange

    private let stream: HTTP2Stream
    private let connection: HTTP2Downstream
    private var hasHead = false
    private var isPaused = false

    init(_ stream: HTTP2Stream, _ connection: HTTP2Downstream) {
        self.stream = stream
        self.connection = connection
        exchange = Exchange(connection.site)
        exchange.downstream = self
        exchange.isOverHTTP2 = true
    }

    private var session: HTTP2Session { connection.session }

    /// Opens the client's window again if the exchange takes more.
    func replenish() {
        guard exchange.acceptsBody else { return }
        session.replenish(stream)
    }

    /// The connection takes more again, or no more.
    func connectionWritabilityChanged() {
        // Whoever stops because of the windows has to be paused, or nobody would have it go on when they open.
        if connection.isWritable { isPaused = stream.queued >= limit }
        exchange.downstreamWritabilityChanged(isWritable)
    }

    private func start(_ block: HeaderBlock, isLast: Bool) {
        defer { connection.text.recycle() }
        guard HTTP2Text.writeRequest(block, isLast: isLast, into: &connection.text) else {
            return reset(.protocolError)
        }
        let head = ByteBuffer(bytes: connection.text)
        defer { connection.parser.reset() }
        do throws(HTTP1Error) {
            guard try connection.parser.parse(head.readableBytesUInt8Span) else { return reset(.protocolError) }
        } catch {
            guard error.code.requestStatus != 400 else { return reset(.protocolError) }
            return exchange.refuse(error)
        }
        let request = connection.parser.head
        if case .length(let count) = request.framing {
            guard !isLast || count == 0 else { return reset(.protocolError) }
            stream.expectedBytes = count
        }
        let isForwarded = exchange.route(request, head)
        if isForwarded, request.expectsContinue, session.beginHeaders(stream) {
            session.field(":status", "100")
            session.endHeaders(stream, isLast: false)
        }
        if let deadline = exchange.nextDeadline { arm(at: deadline) }
        exchange.proceed()
    }

    private func receiveTrailers(_ block: HeaderBlock, isLast: Bool) {
        guard exchange.phase == .active else { return }
        guard isLast, let lines = HTTP2Text.trailers(block) else { return reset(.protocolError) }
        exchange.receiveEnd(lines)
    }

    private func reset(_ code: HTTP2ErrorCode) {
        exchange.cancel()
        exchange.downstream = nil
        session.reset(stream, code)
    }

    /// Bytes that wait before the endpoint is stopped: few, when the client's window and not its connection is full.
    private var watermark: Int { min(HTTP2Stack.highWatermark, room + HTTP2Stack.shutWatermark) }

    /// Bytes that wait when the endpoint is to stop, or is to stay stopped.
    private var limit: Int { isPaused ? watermark / 2 : watermark }

    private func sendData(_ bytes: ByteBuffer) {
        session.send(bytes, on: stream)
        guard !isPaused, stream.queued >= limit else { return }
        isPaused = true
        exchange.downstreamWritabilityChanged(false)
    }

    private func finish(_ trailers: HeaderBlock? = nil) {
        exchange.downstream = nil
        session.end(stream, trailers: trailers)
        connection.flush()
    }
}

extension HTTP2DownstreamStream: HTTP2StreamHandler {
    func receive(_ block: HeaderBlock, isLast: Bool) {
        connection.touch(self)
        guard !hasHead else { return receiveTrailers(block, isLast: isLast) }
        hasHead = true
        start(block, isLast: isLast)
    }

    func receive(_ data: ByteBuffer, isLast: Bool) {
        connection.touch(self)
        guard exchange.phase == .active else { return }
        exchange.lastActivity = .now()
        if data.readableBytes > 0 { exchange.receiveBody(data, 0..<data.readableBytes) }
        guard isLast, exchange.phase == .active else { return }
        exchange.receiveEnd([])
    }

    func queueShrank() {
        guard isPaused, isWritable else { return }
        isPaused = false
        exchange.downstreamWritabilityChanged(true)
    }

    func ended(_ code: HTTP2ErrorCode) {
        exchange.cancel()
        exchange.downstream = nil
    }
}

extension HTTP2DownstreamStream: DownstreamStream {
    var isWritable: Bool { connection.isWritable && stream.queued < limit }
    var room: Int { session.room(on: stream) }

    func sendInterim(_ head: ResponseHead, _ bytes: ByteBuffer) { sendHead(head, bytes, ByteBuffer()) }

    func sendHead(_ head: ResponseHead, _ bytes: ByteBuffer, _ additions: ByteBuffer) {
        guard session.beginHeaders(stream) else { return }
        HTTP2Blocks.writeResponse(head, bytes, additions, to: session)
        session.endHeaders(stream, isLast: false)
    }

    func sendBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        guard let slice = bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) else { return }
        sendData(slice)
    }

    func sendEnd(_ trailers: [UInt8]) {
        finish(trailers.isEmpty ? nil : HTTP2Blocks.block(trailers))
    }

    func sendReply(_ reply: LocalReply) {
        let date = connection.worker.currentDate()
        let (lines, body) = reply.lines(isHead: exchange.method == .head, date: date, isFramed: !reply.isGRPC)
        if session.beginHeaders(stream) {
            session.field(":status", "\(reply.status)")
            HTTP2Blocks.write(lines.readableBytesUInt8Span, to: session)
            session.endHeaders(stream, isLast: false)
        }
        if !body.isEmpty { session.send(ByteBuffer(string: body), on: stream) }
        finish()
    }

    func cut() {
        // What has come is worth sending; a reset would drop it.
        connection.flushNow()
        reset(.internalError)
        connection.flush()
    }

    func flush() { connection.flush() }

    func acceptanceChanged() {
        replenish()
        connection.flush()
    }

    func beginTunnel() {}

    func endTunnel() { cut() }

    func arm(at deadline: NIODeadline) { connection.arm(at: deadline) }
}
