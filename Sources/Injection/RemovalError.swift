public import JSON

/// Why a pod's sidecars cannot be taken out.
public struct RemovalError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// The pod has no status annotation: nothing was injected.
        case notInjected
        /// The status annotation has a layout that this version does not know.
        case unknownStatus
        /// The status names what the pod does not have, or what cannot be a sidecar's.
        case statusMismatch
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people: what does not fit, and what to do.
    public let reason: String
    /// The part of the pod.
    public let location: JSONPointer

    /// Whether two errors are the same about the same part.
    public static func == (left: RemovalError, right: RemovalError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}
