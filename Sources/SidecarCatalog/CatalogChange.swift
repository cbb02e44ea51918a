public import JSON

/// One thing that differs between two catalogs.
public struct CatalogChange: Sendable, Equatable {
    /// What differs.
    public enum Kind: String, Sendable, CaseIterable {
        /// Something in the `Catalog` document.
        case policyChanged = "policy-changed"
        /// A sidecar that the old catalog does not have.
        case sidecarAdded = "sidecar-added"
        /// A sidecar that the new catalog does not have.
        case sidecarRemoved = "sidecar-removed"
        /// Something of a sidecar that is the same for all versions, such as its owner or its entitlements.
        case sidecarChanged = "sidecar-changed"
        /// What a channel leads to.
        case channelChanged = "channel-changed"
        /// A version that the old catalog does not have.
        case versionAdded = "version-added"
        /// A version that the new catalog does not have.
        case versionRemoved = "version-removed"
        /// Something of a version, such as its probes or files.
        case versionChanged = "version-changed"
        /// The image of a container.
        case imageChanged = "image-changed"
        /// A parameter that the old version does not have.
        case parameterAdded = "parameter-added"
        /// A parameter that the new version does not have.
        case parameterRemoved = "parameter-removed"
        /// What a parameter takes.
        case parameterChanged = "parameter-changed"
        /// What a parameter is when a pod does not set it.
        case defaultChanged = "default-changed"
    }

    /// What differs.
    public let kind: Kind
    /// The sidecar; nil for the policy.
    public let sidecar: String?
    /// The version; nil for what is the same for all of them.
    public let version: String?
    /// Where it is, below the version, the sidecar's `spec` or the catalog's `spec`; elements of lists of named objects
    /// are named, not counted.
    public let path: JSONPointer
    /// What was there; nil when nothing was.
    public let old: JSONValue?
    /// What is there; nil when nothing is.
    public let new: JSONValue?
}
