/// The annotations that Pillion reads and writes, under the domain that the catalog sets.
public struct AnnotationKey: Sendable {
    /// The domain, for example `pillion.dev`.
    public let domain: String

    /// The sidecars asked for, or `false`.
    public let inject: String
    /// Sidecars that the pod does without.
    public let exclude: String
    /// The application's containers that receive mounts and environment.
    public let containers: String
    /// What Pillion did, written by it.
    public let status: String
    /// What the keys of inlined files start with.
    public let filePrefix: String

    /// Makes the keys of a domain.
    public init(domain: String) {
        self.domain = domain
        self.inject = "\(domain)/inject"
        self.exclude = "\(domain)/exclude"
        self.containers = "\(domain)/containers"
        self.status = "\(domain)/status"
        self.filePrefix = "\(domain)/file."
    }

    /// The content of an inlined configuration file, written by Pillion.
    public func file(_ sidecar: String, _ index: Int) -> String {
        "\(filePrefix)\(sidecar).\(index)"
    }

    /// A parameter of a sidecar.
    public func parameter(_ parameter: String, of sidecar: String) -> String {
        "\(sidecar).\(domain)/\(parameter)"
    }

    /// The names that have a meaning after `domain/`, for suggestions.
    static let names = ["inject", "exclude", "containers", "status"]

    /// Marks the pods that mirror static ones (Kubernetes: kubelet).
    static let mirror = "kubernetes.io/config.mirror"
    /// Names the application's main container (kubectl).
    static let defaultContainer = "kubectl.kubernetes.io/default-container"
    /// Lists local volumes that do not keep the cluster autoscaler from removing a node.
    static let safeToEvictVolumes = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"
}
