/// How far the lines of a head have been read, for heads that arrive in pieces.
///
///     start line --> field lines --> empty line
struct HeadCursor: Sendable {
    /// An unfinished line up to this size is read again whenever bytes arrive, so that a fault shows at once; a longer
    /// one is only searched for its end, so that a head sent byte by byte costs no more than its length.
    private static let rescanLimit = 4 * 1024

    /// The offset of the first line that has not been read.
    private(set) var lineStart = 0
    /// Whether the request line or the status line has been read.
    private(set) var hasStartLine = false
    /// Up to here no LF has been found in the unfinished line.
    private var searched = 0

    /// Whether no byte has been read.
    var isFresh: Bool { !hasStartLine && searched == 0 }

    /// Whether reading `bytes` may lead further than the last time; if not, they count as searched.
    mutating func isWorthReading(_ bytes: Span<UInt8>, limits: HTTP1Limits) -> Bool {
        guard searched - lineStart > Self.rescanLimit, bytes.count < limits.headBytes else { return true }
        guard bytes.firstLineFeed(from: searched) == nil else { return true }
        searched = bytes.count
        return false
    }

    /// Goes on behind the start line, which ends before `end`; without an end it is still unfinished.
    ///
    /// - Returns: Whether it has ended.
    mutating func passStartLine(endingAt end: Int?, in bytes: Span<UInt8>) -> Bool {
        guard let end else {
            searched = bytes.count
            return false
        }
        lineStart = end
        hasStartLine = true
        return true
    }

    /// Reads field lines up to the empty line.
    ///
    /// - Returns: The offset behind the empty line, or nil while it has not arrived.
    /// - Throws: The first fault.
    mutating func readFields(
        _ bytes: Span<UInt8>,
        limits: HTTP1Limits,
        into section: inout FieldSection
    ) throws(HTTP1Error) -> Int? {
        while true {
            switch try FieldLineParser.parse(bytes, at: lineStart, limit: limits.headBytes) {
            case .incomplete:
                searched = bytes.count
                return nil
            case .field(let field):
                try section.append(field, limits: limits)
                lineStart = Int(field.lineEnd)
            case .end(let end):
                return end
            }
        }
    }
}
