package import Kubernetes

/// Sidecars that pods get without asking.
public struct InjectionRule: Sendable {
    /// How much a rule weighs against what a pod says.
    public enum Mode: String, Sendable, CaseIterable {
        /// The pod can opt out, and chooses the version when it asks for the sidecar itself.
        case `default`
        /// The pod cannot opt out, and gets the version that the rule names.
        case required
    }

    /// The name of the rule.
    public let name: String
    /// How much it weighs.
    public let mode: Mode
    /// The namespaces it is about.
    public let namespaces: GlobList
    /// The pods it is about, by their labels.
    package let podSelector: LabelSelector
    /// The sidecars, bundles taken apart, each once.
    public let inject: [BundleMember]
    /// The bundles by which the rule names sidecars that it does not name itself.
    public let bundles: [SidecarName: String]
}
