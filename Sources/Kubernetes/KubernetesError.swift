package import JSON

/// Why a part of a Kubernetes object cannot be understood.
package struct KubernetesError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Code: String, Sendable {
        /// A part has another type than the schema says.
        case wrongType
        /// A part that has to be there is absent.
        case missing
        /// An object has a member that the schema does not know.
        case unknownMember
        /// A value is not spelled as Kubernetes demands, or does not go with another.
        case invalid
        /// There are more of something than are read.
        case tooMany
    }

    /// What is wrong.
    package let code: Code
    /// A sentence for people: what is wrong and what to do.
    package let reason: String
    /// The part that is wrong.
    package let location: JSONPointer

    /// Makes an error.
    package init(_ code: Code, _ reason: String, at location: JSONPointer) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Makes an error about a part of another type than expected.
    static func wrongType(_ found: JSONValue, expected: String, at location: JSONPointer) -> KubernetesError {
        let kind = found.isNull ? "null" : found.kind
        return KubernetesError(.wrongType, "\(location) must be \(expected), not \(kind)", at: location)
    }

    /// Whether two errors are the same about the same part.
    package static func == (left: KubernetesError, right: KubernetesError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}
