import HTTP1
import NIOCore
import NIOHTTP1

/// Cuts the bytes of a connection into requests, with the strict codec of ``HTTP1``.
///
///     append(bytes), then next() until it returns nil; after an error there is nothing more to be had.
///
/// Bytes that are not asked for stay as they came. The connection holds back its reads as long as it cannot act on a
/// request, so these are at most what one burst of reads brings.
struct RequestDecoder {
    /// One step of a request.
    enum Part {
        /// The head.
        case head(RequestStart)
        /// Bytes of the body, without its framing.
        case body(ByteBuffer)
        /// The request is complete.
        case end
    }

    private let codecLimits: HTTP1Limits
    private var parser: RequestParser
    private var body = BodyDecoder(.none)
    private var input = ByteBuffer()
    private var isInBody = false
    private var hasFailed = false

    init(limits: HTTPServerLimits) {
        codecLimits = HTTP1Limits(fields: limits.headerFields, headBytes: limits.headerBytes)
        parser = RequestParser(limits: codecLimits)
    }

    /// Whether bytes wait that are not yet, or not wholly, part of what was given out.
    var hasInput: Bool { input.readableBytes > 0 }

    /// Whether the request whose bytes are read now is HEAD, as far as its first line has been read.
    var isHead: Bool { parser.head.method == .head }

    /// Adds received bytes.
    mutating func append(_ bytes: ByteBuffer) {
        guard !hasFailed else { return }
        guard input.readableBytes > 0 else {
            input = bytes
            return
        }
        input.discardReadBytes()
        input.writeImmutableBuffer(bytes)
    }

    /// Drops what waits, and whatever comes later.
    mutating func stop() {
        hasFailed = true
        input = ByteBuffer()
    }

    /// The next step, or nil when more bytes are needed.
    ///
    /// - Throws: A refusal, once: the bytes behind the fault cannot be told apart.
    mutating func next() throws(HTTPRefusal) -> Part? {
        guard !hasFailed else { return nil }
        do {
            return isInBody ? try nextOfBody() : try nextHead()
        } catch {
            stop()
            throw HTTPRefusal(error)
        }
    }

    private mutating func nextHead() throws(HTTP1Error) -> Part? {
        guard hasInput else { return nil }
        let received = input
        guard try parser.parse(received.readableBytesUInt8Span) else { return nil }
        guard let bytes = input.readSlice(length: parser.head.byteCount) else { return nil }
        let start = RequestStart(parser.head, bytes)
        body = BodyDecoder(parser.head.framing, limits: codecLimits)
        isInBody = true
        return .head(start)
    }

    private mutating func nextOfBody() throws(HTTP1Error) -> Part? {
        var cursor = 0
        let received = input
        switch try body.next(received.readableBytesUInt8Span, at: &cursor) {
        case .data(let range):
            input.moveReaderIndex(forwardBy: range.lowerBound)
            let piece = input.readSlice(length: range.count) ?? ByteBuffer()
            // The piece must not share its storage with an input that is used up, or adding to it would copy it.
            if !hasInput { input = ByteBuffer() }
            return .body(piece)
        case .needsMore:
            input = ByteBuffer()
            return nil
        case .finished:
            input.moveReaderIndex(forwardBy: cursor)
            isInBody = false
            parser.reset()
            skipEmptyLine()
            return .end
        }
    }

    /// Passes over the empty line that old clients send behind a body (RFC 9112 section 2.2), so that a connection is
    /// idle behind it.
    private mutating func skipEmptyLine() {
        if input.readableBytes == 2, input.getString(at: input.readerIndex, length: 2) == "\r\n" {
            input = ByteBuffer()
            parser.noteEmptyLine()
        }
    }
}
