/// Reads response heads (RFC 9112 sections 4 and 5), as strictly as ``RequestParser`` reads requests.
///
/// One leniency: a status line without the space before an empty reason phrase is accepted, many servers send it.
public struct ResponseParser: Sendable {
    /// The head, valid once ``parse(_:isHead:)`` has returned true.
    public private(set) var head = ResponseHead()

    /// An unfinished line up to this size is read again whenever bytes arrive, so that a fault shows at once; a longer
    /// one is only searched for its end, so that a head sent byte by byte costs no more than its length.
    private static let rescanLimit = 4 * 1024

    private let limits: HTTP1Limits
    private var lineStart = 0
    private var searched = 0
    private var hasStatusLine = false

    /// Makes a parser that refuses heads beyond `limits`.
    public init(limits: HTTP1Limits = .standard) {
        self.limits = limits
    }

    /// Whether no byte of a head has been read since the last ``reset()``.
    public var isFresh: Bool { !hasStatusLine && searched == 0 }

    /// Prepares for the next response on the connection.
    public mutating func reset() {
        head.reset()
        lineStart = 0
        searched = 0
        hasStatusLine = false
    }

    /// Reads on.
    ///
    /// - Parameters:
    ///   - bytes: Everything received since the last ``reset()``, from the same first byte.
    ///   - isHead: Whether the response answers HEAD and so has no body.
    /// - Returns: Whether the head is complete; its length is `head.byteCount`.
    /// - Throws: The first fault; the connection cannot be used further.
    public mutating func parse(_ bytes: Span<UInt8>, isHead: Bool) throws(HTTP1Error) -> Bool {
        if searched - lineStart > Self.rescanLimit, bytes.count < limits.headBytes {
            guard bytes.firstLineFeed(from: searched) != nil else {
                searched = bytes.count
                return false
            }
        }
        if !hasStatusLine {
            guard try parseStatusLine(bytes) else {
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
                try head.finish(bytes, isHead: isHead)
                return true
            }
        }
    }

    private mutating func parseStatusLine(_ bytes: Span<UInt8>) throws(HTTP1Error) -> Bool {
        let limit = limits.headBytes
        guard let minor = try RequestLineParser.version(bytes, at: 0, limit: limit) else { return false }
        // "HTTP/1.1 200": a space and three digits, then a space with the reason or the end of the line.
        guard bytes.count > 12 else { return false }
        guard minor <= 1 else { throw HTTP1Error(.unsupportedVersion) }
        guard bytes[8] == ByteClass.space, let hundreds = ByteClass.decimal(bytes[9]), hundreds > 0,
            let tens = ByteClass.decimal(bytes[10]), let ones = ByteClass.decimal(bytes[11])
        else { throw HTTP1Error(.malformedStatusLine, at: 8) }
        guard bytes[12] == ByteClass.space || bytes[12] == ByteClass.carriageReturn else {
            throw HTTP1Error(.malformedStatusLine, at: 12)
        }
        var index = 12
        while index < min(bytes.count, limit), ByteClass.isFieldContent(bytes[index]) { index &+= 1 }
        guard let next = try FieldLineParser.lineEnd(bytes, at: index, limit: limit) else { return false }
        head.minorVersion = minor
        head.status = hundreds * 100 + tens * 10 + ones
        head.reason = ByteRange(min(13, index), index)
        lineStart = next
        hasStatusLine = true
        return true
    }
}
