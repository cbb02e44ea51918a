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

    private let limits: HTTP1Limits
    private var cursor = HeadCursor()
    /// Whether the empty line that is forgiven before a request has been had.
    private var hasHadEmptyLine = false

    /// Makes a parser that refuses heads beyond `limits`.
    public init(limits: HTTP1Limits = .standard) {
        self.limits = limits
    }

    /// Prepares for the next request on the connection.
    public mutating func reset() {
        head.reset()
        cursor = HeadCursor()
        hasHadEmptyLine = false
    }

    /// Counts an empty line before the next request that the caller has passed over: a second one is a fault.
    public mutating func noteEmptyLine() { hasHadEmptyLine = true }

    /// Reads on.
    ///
    /// - Parameter bytes: Everything received since the last ``reset()``, from the same first byte.
    /// - Returns: Whether the head is complete; its length is `head.byteCount`.
    /// - Throws: The first fault; the connection cannot be used further.
    public mutating func parse(_ bytes: Span<UInt8>) throws(HTTP1Error) -> Bool {
        guard cursor.isWorthReading(bytes, limits: limits) else { return false }
        if !cursor.hasStartLine {
            guard cursor.passStartLine(endingAt: try parseRequestLine(bytes), in: bytes) else { return false }
        }
        guard let end = try cursor.readFields(bytes, limits: limits, into: &head.section) else { return false }
        head.byteCount = end
        try head.finish(bytes)
        return true
    }

    /// The offset behind the request line, or nil while it has not arrived.
    private mutating func parseRequestLine(_ bytes: Span<UInt8>) throws(HTTP1Error) -> Int? {
        var start = 0
        if !hasHadEmptyLine, let first = bytes.byte(at: 0), first == ByteClass.carriageReturn {
            // One empty line before a request is forgiven (RFC 9112 section 2.2); old clients send it after a body.
            guard bytes.count > 1 else { return nil }
            guard bytes[1] == ByteClass.lineFeed else { throw HTTP1Error(.bareCarriageReturn, at: 0) }
            start = 2
        }
        return try RequestLineParser.parse(bytes, at: start, limit: limits.headBytes, into: &head)
    }
}
