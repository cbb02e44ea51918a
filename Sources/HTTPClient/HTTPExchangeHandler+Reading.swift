import HTTP1
import NIOCore

extension HTTPExchangeHandler {
    /// The most interim responses (1xx) before a final one.
    private static let interimLimit = 16

    /// Reads as far as the bytes at hand go.
    func process(_ context: ChannelHandlerContext) throws(HTTPClientError) {
        do throws(HTTP1Error) {
            while phase == .head, try readHead(context) {}
        } catch {
            throw HTTPClientError(.malformedResponse, "not a response of HTTP/1.1: \(error.reason)")
        }
        if phase == .body { try readBody() }
    }

    /// Reads a head; returns whether another one may follow at once.
    private func readHead(_ context: ChannelHandlerContext) throws(HTTP1Error) -> Bool {
        guard input.readableBytes > 0 else { return false }
        let received = input
        guard try parser.parse(received.readableBytesUInt8Span, isHead: exchange.isHead) else { return false }
        let head = parser.head
        // Nothing was asked to switch.
        guard head.status != 101 else { throw HTTP1Error(.unexpectedSwitch) }
        if head.isInterim {
            interim += 1
            guard interim <= Self.interimLimit else { throw HTTP1Error(.tooManyInterimResponses) }
            input.moveReaderIndex(forwardBy: head.byteCount)
            parser.reset()
            return true
        }
        response = HTTPClientResponse(status: head.status, fields: Self.fields(head, received))
        input.moveReaderIndex(forwardBy: head.byteCount)
        body = BodyDecoder(head.framing)
        phase = .body
        if let stream = exchange.stream, response.isSuccess { begin(stream, context) }
        return false
    }

    private static func fields(_ head: ResponseHead, _ received: ByteBuffer) -> [HTTPClientRequest.Field] {
        let view = received.readableBytesView
        func text(_ range: ByteRange) -> String {
            let start = view.startIndex + Int(range.start)
            return String(decoding: view[start..<max(start, view.startIndex + Int(range.end))], as: UTF8.self)
        }
        return head.section.fields.map { HTTPClientRequest.Field(text($0.name).lowercased(), text($0.value)) }
    }

    private func readBody() throws(HTTPClientError) {
        let received = input
        var cursor = 0
        while phase == .body {
            let step: BodyDecoder.Step
            do throws(HTTP1Error) {
                step = try body.next(received.readableBytesUInt8Span, at: &cursor)
            } catch {
                throw HTTPClientError(.malformedResponse, "a body with broken framing: \(error.reason)")
            }
            switch step {
            case .data(let range):
                try take(received.getBytes(at: received.readerIndex + range.lowerBound, length: range.count) ?? [])
            case .needsMore:
                input = ByteBuffer()
                return
            case .finished:
                complete()
            }
        }
    }

    private func take(_ bytes: [UInt8]) throws(HTTPClientError) {
        if let stream = exchange.stream, lines != nil {
            try lines?.append(bytes, stream.line)
            return
        }
        guard response.body.count + bytes.count <= exchange.limits.bodyBytes else {
            throw HTTPClientError(.responseTooLarge, "a body of more than \(exchange.limits.bodyBytes) bytes")
        }
        response.body += bytes
    }
}
