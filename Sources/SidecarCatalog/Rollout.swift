/// A version that a part of the workloads gets instead of the channel `stable`.
///
/// It concerns pods that name no version. Which of them are in the part depends on the namespace and the workload only.
public struct Rollout: Sendable {
    /// The sidecar.
    public let sidecar: SidecarName
    /// The version that the part gets.
    public let version: SemanticVersion
    /// How many in a hundred workloads get it, 0 to 100.
    public let percent: Int
    /// The namespaces it takes place in.
    public let namespaces: GlobList
}
