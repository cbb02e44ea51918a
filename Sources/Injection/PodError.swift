public import JSON

/// Why a JSON value is not a pod on which the engine can work.
public struct PodError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// A part has another type than the Pod schema says.
        case wrongType
        /// A part that every pod has is absent.
        case missing
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people.
    public let reason: String
    /// The part of the pod.
    public let location: JSONPointer

    /// Makes an error about a part of another type than expected.
    static func wrongType(_ location: JSONPointer, expected: String, found: JSONValue) -> PodError {
        PodError(
            code: .wrongType,
            reason: "\(location) must be \(expected), not \(found.isNull ? "null" : "a \(found.kind)")",
            location: location
        )
    }

    /// Whether two errors are the same about the same part.
    public static func == (left: PodError, right: PodError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}
