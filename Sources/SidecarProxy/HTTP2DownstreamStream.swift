import HTTP1
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One stream of a client's connection of HTTP/2, with its exchange.
final class HTTP2DownstreamStream {
    let identifier: HTTP2StreamID
    let exchange: Exchange
    /// What the client may still send; opened again by ``replenish()``.
    var inboundWindow = HTTP2Stack.streamWindow

    private let connection: HTTP2Downstream
    /// A head that waits for what follows, because only that tells whether it is the last frame.
    private var pendingHead: HPACKHeaders?
    /// Whether the client has ended its request.
    private(set) var isRemoteDone = false
    private var queued = 0
    private var isPaused = false

    init(_ identifier: HTTP2StreamID, _ connection: HTTP2Downstream) {
        self.identifier = identifier
        self.connection = connection
        exchange = Exchange(connection.site)
        exchange.downstream = self
        exchange.isOverHTTP2 = true
    }

    /// Begins with the request's block.
    func start(_ headers: HPACKHeaders, isLast: Bool) {
        isRemoteDone = isLast
        var head = ByteBuffer()
        head.reserveCapacity(512)
        guard HTTP2Text.writeRequest(headers, isLast: isLast, into: &head) else { return reset(.protocolError) }
        defer { connection.parser.reset() }
        do throws(HTTP1Error) {
            guard try connection.parser.parse(head.readableBytesUInt8Span) else { return reset(.protocolError) }
        } catch {
            guard error.code.requestStatus != 400 else { return reset(.protocolError) }
            return exchange.refuse(error)
        }
        let request = connection.parser.head
        let isForwarded = exchange.route(request, head)
        if isForwarded, request.expectsContinue {
            connection.write(identifier, .headers(.init(headers: HPACKHeaders([(":status", "100")]))))
        }
        if let deadline = exchange.nextDeadline { arm(at: deadline) }
        exchange.proceed()
    }

    /// Takes a piece of the request's body.
    func receiveData(_ bytes: ByteBuffer, isLast: Bool) {
        guard exchange.phase == .active, !isRemoteDone else { return }
        exchange.lastActivity = .now()
        if bytes.readableBytes > 0 { exchange.receiveBody(bytes, 0..<bytes.readableBytes) }
        guard isLast else { return }
        isRemoteDone = true
        if exchange.phase == .active { exchange.receiveEnd([]) }
    }

    /// Takes the request's trailers, which end it.
    func receiveTrailers(_ headers: HPACKHeaders, isLast: Bool) {
        guard exchange.phase == .active, !isRemoteDone else { return }
        guard isLast, let lines = HTTP2Text.trailers(headers) else { return reset(.protocolError) }
        isRemoteDone = true
        exchange.receiveEnd(lines)
    }

    /// Opens the client's window again if the exchange takes more.
    func replenish() {
        let missing = HTTP2Stack.streamWindow - inboundWindow
        guard !isRemoteDone, missing >= HTTP2Stack.streamWindow / 2, exchange.acceptsBody else { return }
        inboundWindow = HTTP2Stack.streamWindow
        connection.write(identifier, .windowUpdate(windowSizeIncrement: missing))
    }

    /// `count` bytes have left the queue.
    func sent(_ count: Int) {
        queued -= count
        guard isPaused, isWritable else { return }
        isPaused = false
        exchange.downstreamWritabilityChanged(true)
    }

    /// The stream is gone with its connection.
    func end() {
        exchange.cancel()
        exchange.downstream = nil
    }

    private func reset(_ code: HTTP2ErrorCode) {
        exchange.cancel()
        connection.write(identifier, .rstStream(code))
        close()
    }

    private func close() {
        exchange.downstream = nil
        connection.remove(identifier)
        connection.closeIfDone()
    }

    private func writeHead() {
        guard let head = pendingHead else { return }
        pendingHead = nil
        connection.write(identifier, .headers(.init(headers: head)))
    }

    private func writeData(_ bytes: ByteBuffer) {
        queued += bytes.readableBytes
        connection.write(identifier, .data(.init(data: .byteBuffer(bytes))))
        guard !isPaused, queued >= HTTP2Stack.highWatermark else { return }
        isPaused = true
        exchange.downstreamWritabilityChanged(false)
    }

    /// Writes the frame that ends the response.
    ///
    /// What the client may still be sending for it is refused (RFC 9113 section 8.1), but only behind that frame: a
    /// reset drops what still waits for the client's window.
    private func writeLast(_ payload: HTTP2Frame.FramePayload) {
        guard !isRemoteDone else {
            connection.write(identifier, payload)
            close()
            return connection.flush()
        }
        exchange.downstream = nil
        let sent = connection.worker.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { [self] _ in
            guard connection.remove(identifier) != nil else { return }
            connection.write(identifier, .rstStream(.noError))
            connection.flush()
            connection.closeIfDone()
        }
        connection.write(identifier, payload, sent)
        connection.flush()
    }
}

extension HTTP2DownstreamStream: DownstreamStream {
    var isWritable: Bool {
        connection.isWritable && queued < (isPaused ? HTTP2Stack.lowWatermark : HTTP2Stack.highWatermark)
    }

    func sendInterim(_ head: ResponseHead, _ bytes: ByteBuffer) {
        let block = HTTP2Blocks.response(head, bytes, ByteBuffer())
        connection.write(identifier, .headers(.init(headers: block)))
    }

    func sendHead(_ head: ResponseHead, _ bytes: ByteBuffer, _ additions: ByteBuffer) {
        pendingHead = HTTP2Blocks.response(head, bytes, additions)
    }

    func sendBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        writeHead()
        guard let slice = bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) else { return }
        writeData(slice)
    }

    func sendEnd(_ trailers: [UInt8]) {
        if !trailers.isEmpty {
            writeHead()
            writeLast(.headers(.init(headers: HTTP2Blocks.block(ByteBuffer(bytes: trailers)), endStream: true)))
        } else if let head = pendingHead {
            writeLast(.headers(.init(headers: head, endStream: true)))
        } else {
            writeLast(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true)))
        }
    }

    func sendReply(_ reply: LocalReply) {
        let date = connection.worker.currentDate()
        let (lines, body) = reply.lines(isHead: exchange.method == .head, date: date, isFramed: !reply.isGRPC)
        let head = HTTP2Blocks.block(lines, after: [(":status", "\(reply.status)")])
        guard !body.isEmpty else { return writeLast(.headers(.init(headers: head, endStream: true))) }
        connection.write(identifier, .headers(.init(headers: head)))
        writeLast(.data(.init(data: .byteBuffer(ByteBuffer(string: body)), endStream: true)))
    }

    func cut() {
        // What has come is worth sending; a reset would drop it.
        writeHead()
        connection.flushNow()
        reset(.internalError)
        connection.flush()
    }

    func flush() {
        writeHead()
        connection.flush()
    }

    func acceptanceChanged() {
        replenish()
        connection.flush()
    }

    func beginTunnel() {}

    func endTunnel() { cut() }

    func arm(at deadline: NIODeadline) { connection.arm(at: deadline) }
}
