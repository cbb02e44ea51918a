/// Why a sidecar may ask for more than the catalog's Pod Security level allows.
public struct PodSecurityException: Sendable, Equatable {
    /// The reason, for people.
    public let reason: String
}
