/// Collects the trailer section behind the last chunk (RFC 9112 section 7.1.2).
struct TrailerSection: Sendable {
    /// The lines that may be forwarded.
    private(set) var forwardable: [UInt8] = []

    private var line: [UInt8] = []
    private var total = 0
    private var fields = 0

    /// Takes one byte.
    ///
    /// - Parameters:
    ///   - byte: The byte.
    ///   - limits: How many trailers and bytes are allowed.
    ///   - place: Its offset, for errors.
    /// - Returns: Whether the empty line is complete.
    /// - Throws: When a line is not a header, or there are too many.
    mutating func append(_ byte: UInt8, limits: HTTP1Limits, at place: Int) throws(HTTP1Error) -> Bool {
        total += 1
        guard total <= limits.trailerBytes else { throw HTTP1Error(.headTooLarge, at: place) }
        line.append(byte)
        guard byte == ByteClass.lineFeed else { return false }
        let outcome: FieldLineParser.Outcome
        do throws(HTTP1Error) {
            outcome = try FieldLineParser.parse(line.span, at: 0, limit: Int(UInt16.max))
        } catch {
            throw HTTP1Error(error.code, at: place)
        }
        switch outcome {
        case .end:
            return true
        case .incomplete:
            return false
        case .field(let field):
            fields += 1
            guard fields <= limits.fields else { throw HTTP1Error(.tooManyFields, at: place) }
            if Self.isForwardable(field) { forwardable.append(contentsOf: line) }
            line.removeAll(keepingCapacity: true)
            return false
        }
    }

    /// Fields for framing, routing, authentication and control must not come as trailers (RFC 9110 section 6.5.1).
    private static func isForwardable(_ field: HeaderField) -> Bool {
        !field.isDropped && !field.known.isProtected && field.known != .expect && field.known != .trailer
    }
}
