public import Manifests

/// Why the pods of a manifest cannot be worked on, and where.
public struct WorkloadError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// What stands in a pod's place has not the shape of a pod.
        case notAPod
        /// The `functionConfig` of a `ResourceList` asks for what there is not.
        case functionConfiguration
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people: what happened, to what, what to do.
    public let reason: String
    /// Where.
    public let location: ManifestLocation

    /// Whether two errors have the same code and place.
    public static func == (left: WorkloadError, right: WorkloadError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension WorkloadError: CustomStringConvertible {
    /// The place and the reason, as compilers print them.
    public var description: String {
        "\(location): \(reason)"
    }
}
