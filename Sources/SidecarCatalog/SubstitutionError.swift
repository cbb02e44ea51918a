/// Why a template could not be rendered.
public struct SubstitutionError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// A parameter has neither a value nor a default.
        case unset
        /// The pod does not have what is referred to.
        case unavailable
        /// A value was refused by the parameter it is for.
        case refused
        /// A list or object stands where only a scalar can.
        case notScalar
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people.
    public let reason: String
    /// The reference that could not be resolved.
    public let reference: Reference

    /// Makes an error.
    public init(code: Code, reason: String, reference: Reference) {
        self.code = code
        self.reason = reason
        self.reference = reference
    }

    /// Whether two errors have the same code and reference.
    public static func == (left: SubstitutionError, right: SubstitutionError) -> Bool {
        left.code == right.code && left.reference == right.reference
    }
}

extension SubstitutionError: CustomStringConvertible {
    /// The reason.
    public var description: String { reason }
}
