/// Reads response heads (RFC 9112 sections 4 and 5), as strictly as ``RequestParser`` reads requests.
///
/// One leniency: a status line without the space before an empty reason phrase is accepted, many servers send it.
public struct ResponseParser: Sendable {
    /// The head, valid once ``parse(_:isHead:)`` has returned true.
    public private(set) var head = ResponseHead()

    private let limits: HTTP1Limits
    private var cursor = HeadCursor()

    /// Makes a parser that refuses heads beyond `limits`.
    public init(limits: HTTP1Limits = .standard) {
        self.limits = limits
    }

    /// Whether no byte of a head has been read since the last ``reset()``.
    public var isFresh: Bool { cursor.isFresh }

    /// Prepares for the next response on the connection.
    public mutating func reset() {
        head.reset()
        cursor = HeadCursor()
    }

    /// Reads on.
    ///
    /// - Parameters:
    ///   - bytes: Everything received since the last ``reset()``, from the same first byte.
    ///   - isHead: Whether the response answers HEAD and so has no body.
    /// - Returns: Whether the head is complete; its length is `head.byteCount`.
    /// - Throws: The first fault; the connection cannot be used further.
    public mutating func parse(_ bytes: Span<UInt8>, isHead: Bool) throws(HTTP1Error) -> Bool {
        guard cursor.isWorthReading(bytes, limits: limits) else { return false }
        if !cursor.hasStartLine {
            guard cursor.passStartLine(endingAt: try parseStatusLine(bytes), in: bytes) else { return false }
        }
        guard let end = try cursor.readFields(bytes, limits: limits, into: &head.section) else { return false }
        head.byteCount = end
        try head.finish(bytes, isHead: isHead)
        return true
    }

    /// The offset behind the status line, or nil while it has not arrived.
    private mutating func parseStatusLine(_ bytes: Span<UInt8>) throws(HTTP1Error) -> Int? {
        let limit = limits.headBytes
        guard let minor = try RequestLineParser.version(bytes, at: 0, limit: limit) else { return nil }
        // "HTTP/1.1 200": a space and three digits, then a space with the reason or the end of the line.
        guard bytes.count > 12 else { return nil }
        guard minor <= 1 else { throw HTTP1Error(.unsupportedVersion) }
        guard bytes[8] == ByteClass.space, let hundreds = ByteClass.decimal(bytes[9]), hundreds > 0,
            let tens = ByteClass.decimal(bytes[10]), let ones = ByteClass.decimal(bytes[11])
        else { throw HTTP1Error(.malformedStatusLine, at: 8) }
        guard bytes[12] == ByteClass.space || bytes[12] == ByteClass.carriageReturn else {
            throw HTTP1Error(.malformedStatusLine, at: 12)
        }
        var index = 12
        while index < min(bytes.count, limit), ByteClass.isFieldContent(bytes[index]) { index &+= 1 }
        guard let next = try FieldLineParser.lineEnd(bytes, at: index, limit: limit) else { return nil }
        head.minorVersion = minor
        head.status = hundreds * 100 + tens * 10 + ones
        head.reason = ByteRange(min(13, index), index)
        return next
    }
}
