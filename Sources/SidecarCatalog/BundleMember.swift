/// One sidecar of a bundle.
public struct BundleMember: Hashable, Sendable {
    /// The sidecar.
    public let name: SidecarName
    /// The version the bundle asks for; nil for what a pod gets that names none.
    public let selector: VersionSelector?
}
