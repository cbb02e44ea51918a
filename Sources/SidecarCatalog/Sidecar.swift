/// One approved sidecar with all its versions.
///
/// A class, since it is large, never changes, and is handed around for every pod.
public final class Sidecar: Sendable {
    /// What happens on a cluster that has no native sidecars (before Kubernetes 1.29).
    public enum Fallback: String, Sendable, CaseIterable {
        /// The sidecar becomes a plain container, placed first, where the pod restarts always.
        case container
        /// The pod is denied.
        case deny
    }

    /// The channel of a pod that names no version.
    public static let defaultChannel = "stable"

    /// The name.
    public let name: SidecarName
    /// A title for people; the name when none is given.
    public let title: String
    /// What it does; may be empty.
    public let description: String
    /// Who answers for it; nil when nobody is named.
    public let owner: SidecarOwner?
    /// When it starts.
    public let phase: String
    /// Sidecars of the same phase that start before it; names that do not exist are left out.
    public let after: [SidecarName]
    /// Sidecars of the same phase that start after it; names that do not exist are left out.
    public let before: [SidecarName]
    /// Sidecars that cannot be in one pod with it, whichever of the two says so; names that do not exist are left out.
    public let conflicts: [SidecarName]
    /// Who may have it.
    public let entitled: Entitlement
    /// Why it may ask for more than the catalog's Pod Security level allows; nil when it may not.
    public let podSecurityException: PodSecurityException?
    /// Whether it is not given to pods on the host's network, where its ports would be the node's.
    ///
    /// Unless the sidecar says so, this is whether a version declares ports.
    public let refusesHostNetwork: Bool
    /// What happens on a cluster without native sidecars.
    public let withoutNativeSidecars: Fallback
    /// The channels in the order in which they are declared.
    public let channels: [SidecarChannel]
    /// The versions, ascending.
    public let versions: [SidecarVersion]

    init(
        name: SidecarName,
        title: String,
        description: String,
        owner: SidecarOwner?,
        phase: String,
        after: [SidecarName],
        before: [SidecarName],
        conflicts: [SidecarName],
        entitled: Entitlement,
        podSecurityException: PodSecurityException?,
        refusesHostNetwork: Bool,
        withoutNativeSidecars: Fallback,
        channels: [SidecarChannel],
        versions: [SidecarVersion]
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.owner = owner
        self.phase = phase
        self.after = after
        self.before = before
        self.conflicts = conflicts
        self.entitled = entitled
        self.podSecurityException = podSecurityException
        self.refusesHostNetwork = refusesHostNetwork
        self.withoutNativeSidecars = withoutNativeSidecars
        self.channels = channels
        self.versions = versions
    }

    /// The version that a selector picks, or nil when there is none.
    ///
    /// Without a selector it is what the channel `stable` leads to, else the highest release. A range picks the highest
    /// release in it; a prerelease is only picked by its exact name or a channel.
    public func version(matching selector: VersionSelector?) -> SidecarVersion? {
        switch selector {
        case nil: version(channel: Self.defaultChannel) ?? versions.last { !$0.version.isPrerelease }
        case .exact(let wanted): versions.last { $0.version == wanted }
        case .range(let range): versions.last { range.contains($0.version) }
        case .channel(let name): version(channel: name)
        }
    }

    private func version(channel name: String) -> SidecarVersion? {
        guard let channel = channels.first(where: { $0.name == name }) else { return nil }
        return versions.last { $0.version == channel.version }
    }
}
