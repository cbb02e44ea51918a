/// Why a format is refused.
///
/// Equal by code and location.
public struct LogFormatError: Error, Equatable {
    /// What is wrong.
    public enum Code: Sendable, Equatable {
        /// A `%` without its partner, or with something between them that is no operator.
        case malformedOperator
        /// An operator that there is not.
        case unknownOperator
        /// An operator that needs an argument has none, or the other way round.
        case argument
        /// A length that is no number.
        case length
        /// A format of time with a specifier that there is not.
        case timeFormat
        /// A value in a JSON format that is neither string, number, boolean, null, object nor array of these.
        case value
        /// More headers, or deeper nesting, than allowed.
        case limit
    }

    /// What is wrong.
    public let code: Code
    /// A sentence that says what is wrong and what to do.
    public let reason: String
    /// The offset in the text of the format, in bytes.
    public let location: Int
    /// The keys on the way to the text in a JSON format; empty for text formats.
    public internal(set) var path: [String] = []

    init(_ code: Code, _ reason: String, at location: Int = 0) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Whether two errors say the same about the same place.
    public static func == (left: LogFormatError, right: LogFormatError) -> Bool {
        left.code == right.code && left.location == right.location && left.path == right.path
    }
}
