package import Kubernetes

/// The approved sidecars of an organization and its policy: an immutable value, checked as a whole when it was loaded.
///
/// A class, since it is large and never changes: whoever answers a request holds on to the catalog it began with.
public final class Catalog: Sendable {
    /// What happens to a name that the catalog does not know.
    public enum UnknownPolicy: String, Sendable, CaseIterable {
        /// The pod is denied.
        case deny
        /// The pod is admitted with a warning, and what is unknown is left out.
        case warn
    }

    /// The catalog's name.
    public let name: String
    /// A hash of the content, for telling catalogs apart: 16 hexadecimal digits.
    public let hash: String
    /// The DNS name under which all annotations lie.
    public let annotationDomain: String
    /// What happens to an unknown sidecar, version, parameter or annotation.
    public let unknown: UnknownPolicy
    /// Globs of the namespaces whose pods are never touched.
    public let excludedNamespaces: [String]
    /// The phases in start order.
    public let phases: [String]
    /// Names that stand for several sidecars.
    public let bundles: [String: [BundleMember]]
    /// The sidecars in start order: by phase, then by `after` and `before`, then by name.
    public let sidecars: [Sidecar]
    /// Names of containers of a service mesh that keep their place at the front.
    public let meshContainers: [String]
    /// What pods get without asking: required rules first, else in the order in which they are declared.
    public let rules: [InjectionRule]
    /// What a part of the workloads gets instead of `stable`.
    public let rollouts: [SidecarName: Rollout]
    /// How many sidecars a pod may have.
    public let limits: SidecarLimits
    /// Which images sidecars may have.
    public let images: ImagePolicy
    /// What sidecars have to say about their resources.
    public let resources: ResourcePolicy
    /// The level that pods are to have after injection; nil when none is set.
    package let podSecurity: PodSecurityLevel?

    let sidecarIndex: [SidecarName: Int]
    let namespacePatterns: GlobList

    init(
        name: String,
        hash: String,
        annotationDomain: String,
        unknown: UnknownPolicy,
        excludedNamespaces: [String],
        phases: [String],
        bundles: [String: [BundleMember]],
        sidecars: [Sidecar],
        meshContainers: [String],
        rules: [InjectionRule],
        rollouts: [SidecarName: Rollout],
        limits: SidecarLimits,
        images: ImagePolicy,
        resources: ResourcePolicy,
        podSecurity: PodSecurityLevel?,
        sidecarIndex: [SidecarName: Int],
        namespacePatterns: GlobList
    ) {
        self.name = name
        self.hash = hash
        self.annotationDomain = annotationDomain
        self.unknown = unknown
        self.excludedNamespaces = excludedNamespaces
        self.phases = phases
        self.bundles = bundles
        self.sidecars = sidecars
        self.meshContainers = meshContainers
        self.rules = rules
        self.rollouts = rollouts
        self.limits = limits
        self.images = images
        self.resources = resources
        self.podSecurity = podSecurity
        self.sidecarIndex = sidecarIndex
        self.namespacePatterns = namespacePatterns
    }

    /// The sidecar named `name`.
    public func sidecar(_ name: SidecarName) -> Sidecar? {
        guard let index = sidecarIndex[name], sidecars.indices.contains(index) else { return nil }
        return sidecars[index]
    }

    /// The place of a sidecar in the start order, counted from 0; names that the catalog does not have come last.
    public func startOrder(of name: String) -> Int {
        SidecarName(name).map { startOrder(of: $0) } ?? Int.max
    }

    /// The place of a sidecar in the start order, counted from 0; names that the catalog does not have come last.
    public func startOrder(of name: SidecarName) -> Int {
        sidecarIndex[name] ?? Int.max
    }

    /// The members of the bundle named `name`, in the order in which they are declared.
    public func bundle(_ name: String) -> [BundleMember]? {
        bundles[name]
    }

    /// Whether pods of `namespace` are never touched.
    public func excludes(namespace: String) -> Bool {
        namespacePatterns.matches(namespace)
    }

    /// The names that a pod can ask for, sidecars and bundles, sorted.
    public var names: [String] {
        (sidecars.map(\.name.rawValue) + bundles.keys).sorted()
    }
}
