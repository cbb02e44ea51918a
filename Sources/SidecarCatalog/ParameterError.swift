/// Why a value is not one that a parameter takes.
public struct ParameterError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// The value is not spelled as its type demands.
        case malformed
        /// The value is below the minimum or above the maximum.
        case outOfBounds
        /// The value is not one of those listed.
        case notListed
        /// The value does not match the pattern.
        case patternMismatch
        /// The value is longer than parameters may be.
        case tooLong
    }

    /// What is wrong.
    public let code: Code
    /// What is wrong, as a sentence that quotes the value (shortened).
    public let reason: String
    /// The parameter's name.
    public let parameter: String
    /// What is allowed, as a phrase.
    public let allowed: String
    /// The listed value that was probably meant.
    public let suggestion: String?

    /// Whether two errors have the same code and parameter.
    public static func == (left: ParameterError, right: ParameterError) -> Bool {
        left.code == right.code && left.parameter == right.parameter
    }
}

extension ParameterError: CustomStringConvertible {
    /// What is wrong and what is allowed.
    public var description: String {
        let advice = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        return "\(reason); allowed: \(allowed)\(advice)"
    }
}
