/// Who answers for a sidecar.
public struct SidecarOwner: Hashable, Sendable {
    /// The team's name.
    public let team: String
    /// How to reach them; may be empty.
    public let contact: String
    /// Where the documentation is; may be empty.
    public let docs: String
}
