/// A name that leads to one version of a sidecar, such as `stable`.
public struct SidecarChannel: Hashable, Sendable {
    /// The channel's name.
    public let name: String
    /// The version it leads to.
    public let version: SemanticVersion
}
