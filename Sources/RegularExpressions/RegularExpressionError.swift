/// Why an expression or a substitution is refused.
///
/// Equal by code and location.
public struct RegularExpressionError: Error, Equatable {
    /// What is wrong.
    public enum Code: Sendable, Equatable {
        /// A bracket without its partner.
        case unbalanced
        /// A repetition of nothing, of a repetition, or of too many.
        case repetition
        /// A `\` before what has no meaning.
        case escape
        /// A class that is empty, backwards or unknown.
        case characterClass
        /// A group of an unknown kind, or a bad name.
        case group
        /// Look-around, back references and other syntax that takes more than linear time.
        case unsupported
        /// More than 4 KiB of pattern, 10,000 instructions or 200 groups in each other.
        case tooLarge
        /// A substitution that names a group that there is not.
        case substitution
    }

    /// What is wrong.
    public let code: Code
    /// A sentence that says what is wrong and what to do.
    public let reason: String
    /// The offset in the pattern, in Unicode scalars.
    public let location: Int

    init(_ code: Code, _ reason: String, at location: Int) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Whether two errors say the same about the same place.
    public static func == (left: RegularExpressionError, right: RegularExpressionError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}
