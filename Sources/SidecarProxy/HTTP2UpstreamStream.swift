import AccessLog
import HTTP1
import HTTP2
import NIOCore

/// One stream of a connection of HTTP/2 to an endpoint: one attempt of an exchange.
final class HTTP2UpstreamStream {
    /// The stream; nil when the connection has no number left.
    var stream: HTTP2Stream?
    /// Whether the connection has served a request before.
    let isReused: Bool
    /// Whether a byte of the response has come.
    private(set) var hasAnswered = false
    /// Whom the stream serves; nil when it has ended.
    private(set) var exchange: Exchange?

    private let connection: HTTP2Upstream
    private var isHeadRead = false
    private var isReading = true
    private var isBlocked = false
    private var interim = 0

    /// The most interim responses before a final one.
    private static let interimLimit = 16

    init(_ connection: HTTP2Upstream, _ exchange: Exchange, isReused: Bool) {
        self.connection = connection
        self.exchange = exchange
        self.isReused = isReused
    }

    private var session: HTTP2Session { connection.session }

    /// Opens the endpoint's window again if the client takes more.
    func replenish() {
        guard exchange != nil, isReading, let stream else { return }
        session.replenish(stream)
    }

    private func finish(_ trailers: [UInt8]) {
        guard exchange != nil else { return }
        // A response that is complete before the request ends the stream (RFC 9113 section 8.1).
        let exchange = detach(stream?.isLocalDone == true ? nil : .noError)
        exchange?.receiveResponseEnd(trailers)
    }

    private func broke(_ reason: String) {
        connection.endpoint.counters.protocolErrors.add()
        detach(.protocolError)?.upstreamBroke(reason)
    }

    /// Lets go of the exchange, and of the stream if it has to be told why.
    private func detach(_ code: HTTP2ErrorCode? = nil) -> Exchange? {
        defer { exchange = nil }
        if let code, let stream { session.reset(stream, code) }
        return exchange
    }
}

extension HTTP2UpstreamStream: HTTP2StreamHandler {
    func receive(_ block: HeaderBlock, isLast: Bool) {
        guard let exchange else { return }
        connection.touch(self)
        hasAnswered = true
        guard !isHeadRead else {
            guard isLast, let lines = HTTP2Text.trailers(block) else { return broke("its trailers are malformed") }
            return finish(lines)
        }
        defer { connection.text.recycle() }
        guard HTTP2Text.writeResponse(block, into: &connection.text) else {
            return broke("its header block is malformed")
        }
        let bytes = ByteBuffer(bytes: connection.text)
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
        switch head.framing {
        case .length(let count):
            guard !isLast || count == 0 else { return broke("it ends before its body") }
            stream?.expectedBytes = count
        // What followed an answer to HEAD, a 204 or a 304 would be read as the next answer over HTTP/1.
        case .none: stream?.expectedBytes = 0
        case .chunked, .untilClose: break
        }
        isHeadRead = true
        exchange.receive(head, bytes)
        if isLast { finish([]) }
    }

    func receive(_ data: ByteBuffer, isLast: Bool) {
        guard let exchange else { return }
        connection.touch(self)
        guard isHeadRead else { return broke("data comes before the header block") }
        if data.readableBytes > 0 { exchange.receiveResponseBody(data, 0..<data.readableBytes) }
        if isLast { finish([]) }
    }

    func queueShrank() {
        guard isBlocked, let stream, stream.queued < HTTP2Stack.lowWatermark else { return }
        isBlocked = false
        exchange?.upstreamWritabilityChanged()
    }

    func ended(_ code: HTTP2ErrorCode) {
        let failure: UpstreamFailure =
            if connection.isUnresponsive {
                .unresponsive
            } else if connection.isGone {
                .connectionClosed
            } else {
                code == .refusedStream ? .unprocessed : .reset
            }
        detach()?.upstreamFailed(self, failure)
        connection.endpoint.serveWaiters()
    }
}

extension HTTP2UpstreamStream: UpstreamStream {
    var version: LogProtocol { .http2 }
    var localAddress: String { connection.localAddress }
    var isWritable: Bool { connection.isWritable && !isBlocked }

    func sendHead(_ head: ByteBuffer, isLast: Bool) {
        guard let stream, session.beginHeaders(stream) else { return }
        HTTP2Blocks.writeRequest(head.readableBytesUInt8Span, scheme: connection.scheme, to: session)
        session.endHeaders(stream, isLast: isLast)
    }

    func sendBody(_ bytes: ByteBuffer) {
        guard let stream else { return }
        session.send(bytes, on: stream)
        if stream.queued >= HTTP2Stack.highWatermark { isBlocked = true }
    }

    func sendEnd(_ trailers: [UInt8]) {
        guard let stream else { return }
        session.end(stream, trailers: trailers.isEmpty ? nil : HTTP2Blocks.block(trailers))
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
        _ = detach(.cancel)
        connection.flush()
    }
}
