/// Reads request heads (RFC 9112 sections 3 and 5) strictly and incrementally.
///
///     start --line--> fields --empty line--> complete --reset()--> start
///
/// Hand it the same bytes again, with more behind them, until it says that the head is complete; lines that were read
/// are not read again. It refuses rather than repairs: whatever two parsers could read in two ways is an error.
/// Left out on purpose: HTTP/0.9, obs-fold, tolerance for bare LF.
public struct RequestParser: Sendable {
    /// The head, valid once ``parse(_:)`` has returned true.
    public private(set) var head = RequestHead()

    /// An unfinished line up to this size is read again whenever bytes arrive, so that a fault shows at once; a longer
    /// one is only searched for its end, so that a head sent byte by byte costs no more than its length.
    private static let rescanLimit = 4 * 1024

    private let limits: HTTP1Limits
    /// The offset of the first line that has not been read.
    private var lineStart = 0
    /// Up to here no LF has been found in the unfinished line.
    private var searched = 0
    private var hasRequestLine = false

    /// Makes a parser that refuses heads beyond `limits`.
    public init(limits: HTTP1Limits = .standard) {
        self.limits = limits
    }

    /// Prepares for the next request on the connection.
    public mutating func reset() {
        head.reset()
        lineStart = 0
        searched = 0
        hasRequestLine = false
    }

    /// Reads on.
    ///
    /// - Parameter bytes: Everything received since the last ``reset()``, from the same first byte.
    /// - Returns: Whether the head is complete; its length is `head.byteCount`.
    /// - Throws: The first fault; the connection cannot be used further.
    public mutating func parse(_ bytes: Span<UInt8>) throws(HTTP1Error) -> Bool {
        if searched - lineStart > Self.rescanLimit, bytes.count < limits.headBytes {
            guard bytes.firstLineFeed(from: searched) != nil else {
                searched = bytes.count
                return false
            }
        }
        if !hasRequestLine {
            guard try parseRequestLine(bytes) else {
                searched = bytes.count
                return false
            }
        }
        while true {
            switch try FieldLineParser.parse(bytes, at: lineStart, limit: limits.headBytes) {
            case .incomplete:
                searched = bytes.count
                return false
            case .field(let field):
                try head.section.append(field, limits: limits)
                lineStart = Int(field.lineEnd)
            case .end(let end):
                head.byteCount = end
                try head.finish(bytes)
                return true
            }
        }
    }

    private mutating func parseRequestLine(_ bytes: Span<UInt8>) throws(HTTP1Error) -> Bool {
        var start = lineStart
        if start == 0, let first = bytes.byte(at: 0), first == ByteClass.carriageReturn {
            // One empty line before a request is forgiven (RFC 9112 section 2.2); old clients send it after a body.
            guard bytes.count > 1 else { return false }
            guard bytes[1] == ByteClass.lineFeed else { throw HTTP1Error(.bareCarriageReturn, at: 0) }
            start = 2
        }
        guard let end = try RequestLineParser.parse(bytes, at: start, limit: limits.headBytes, into: &head) else {
            return false
        }
        lineStart = end
        hasRequestLine = true
        return true
    }
}
