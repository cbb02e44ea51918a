import AccessLog
import HTTP1
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One stream of a connection of HTTP/2 to an endpoint: one attempt of an exchange.
final class HTTP2UpstreamStream {
    let identifier: HTTP2StreamID
    /// Whether the connection has served a request before.
    let isReused: Bool
    /// Whether a byte of the response has come.
    private(set) var hasAnswered = false
    /// What the endpoint may still send; opened again by ``replenish()``.
    var inboundWindow = HTTP2Stack.streamWindow
    /// Whom the stream serves; nil when it has ended.
    private(set) var exchange: Exchange?

    private let connection: HTTP2Upstream
    private var isHeadRead = false
    private var isLocalDone = false
    private var isReading = true
    private var queued = 0
    private var isBlocked = false
    private var interim = 0

    /// The most interim responses before a final one.
    private static let interimLimit = 16

    init(_ identifier: HTTP2StreamID, _ connection: HTTP2Upstream, _ exchange: Exchange, isReused: Bool) {
        self.identifier = identifier
        self.connection = connection
        self.exchange = exchange
        self.isReused = isReused
    }

    /// Takes a block: of an interim response, of the response, or of its trailers.
    func receive(_ headers: HPACKHeaders, isLast: Bool) {
        guard let exchange else { return }
        hasAnswered = true
        guard !isHeadRead else {
            guard isLast, let lines = HTTP2Text.trailers(headers) else { return broke("its trailers are malformed") }
            return finish(lines)
        }
        var bytes = ByteBuffer()
        bytes.reserveCapacity(512)
        guard HTTP2Text.writeResponse(headers, into: &bytes) else { return broke("its header block is malformed") }
        defer { connection.parser.reset() }
        do throws(HTTP1Error) {
            guard try connection.parser.parse(bytes.readableBytesUInt8Span, isHead: exchange.method == .head) else {
                return broke("its header block is malformed")
            }
        } catch {
            return broke(error.reason)
        }
        let head = connection.parser.head
        guard head.status != 101 else { return broke("HTTP/2 has no 101") }
        if head.isInterim {
            interim += 1
            guard !isLast, interim <= Self.interimLimit else { return broke("an interim response ends it") }
            return exchange.receiveInterim(head, bytes)
        }
        isHeadRead = true
        exchange.receive(head, bytes)
        if isLast { finish([]) }
    }

    /// Takes a piece of the response's body.
    func receiveData(_ bytes: ByteBuffer, isLast: Bool) {
        guard let exchange else { return }
        guard isHeadRead else { return broke("data comes before the header block") }
        if bytes.readableBytes > 0 { exchange.receiveResponseBody(bytes, 0..<bytes.readableBytes) }
        if isLast { finish([]) }
    }

    /// The stream has ended before its response was complete.
    func fail(_ failure: UpstreamFailure) {
        let exchange = detach()
        exchange?.upstreamFailed(self, failure)
        connection.endpoint.serveWaiters()
    }

    /// Opens the endpoint's window again if the client takes more.
    func replenish() {
        let missing = HTTP2Stack.streamWindow - inboundWindow
        guard exchange != nil, isReading, missing >= HTTP2Stack.streamWindow / 2 else { return }
        inboundWindow = HTTP2Stack.streamWindow
        connection.write(identifier, .windowUpdate(windowSizeIncrement: missing))
    }

    /// `count` bytes have left the queue.
    func sent(_ count: Int) {
        queued -= count
        guard isBlocked, queued < HTTP2Stack.lowWatermark else { return }
        isBlocked = false
        exchange?.upstreamWritabilityChanged()
    }

    private func finish(_ trailers: [UInt8]) {
        guard exchange != nil else { return }
        // Off the table first: the reset leads back to whoever still has the stream.
        let exchange = detach()
        // A response that is complete before the request ends the stream (RFC 9113 section 8.1).
        if !isLocalDone { connection.write(identifier, .rstStream(.noError)) }
        exchange?.receiveResponseEnd(trailers)
    }

    private func broke(_ reason: String) {
        connection.endpoint.counters.protocolErrors.add()
        let exchange = detach()
        connection.write(identifier, .rstStream(.protocolError))
        exchange?.upstreamBroke(reason)
    }

    private func detach() -> Exchange? {
        defer { exchange = nil }
        connection.remove(identifier)
        return exchange
    }
}

extension HTTP2UpstreamStream: UpstreamStream {
    var version: LogProtocol { .http2 }
    var localAddress: String { connection.localAddress }
    var isWritable: Bool { connection.isWritable && !isBlocked }

    func sendHead(_ head: ByteBuffer, isLast: Bool) {
        isLocalDone = isLast
        let block = HTTP2Blocks.request(head, scheme: connection.scheme)
        connection.write(identifier, .headers(.init(headers: block, endStream: isLast)))
    }

    func sendBody(_ bytes: ByteBuffer) {
        queued += bytes.readableBytes
        if queued >= HTTP2Stack.highWatermark { isBlocked = true }
        connection.write(identifier, .data(.init(data: .byteBuffer(bytes))))
    }

    func sendEnd(_ trailers: [UInt8]) {
        guard !isLocalDone else { return }
        isLocalDone = true
        if trailers.isEmpty {
            connection.write(identifier, .data(.init(data: .byteBuffer(ByteBuffer()), endStream: true)))
        } else {
            let block = HTTP2Blocks.block(ByteBuffer(bytes: trailers))
            connection.write(identifier, .headers(.init(headers: block, endStream: true)))
        }
    }

    func flush() { connection.flush() }

    func setReading(_ on: Bool) {
        guard isReading != on else { return }
        isReading = on
        guard on else { return }
        replenish()
        connection.flush()
    }

    func endTunnel() {}

    func cancel() {
        _ = detach()
        connection.write(identifier, .rstStream(.cancel))
        connection.flush()
    }
}
