public import SidecarCatalog

/// What is known about a pod beside the pod: whatever differs between a cluster and a file on a laptop.
public struct PodEnvironment: Sendable {
    /// The pull secrets that a pod without its own gets from its service account.
    public enum PullSecrets: Sendable, Equatable {
        /// ServiceAccount admission has run: what the pod lists is what it gets.
        case applied
        /// Nobody knows: a list must not be created, for the pod would lose the account's.
        case unknown
        /// These, which are added when a list is created.
        case known([String])
    }

    /// The namespace in which the pod is created.
    public var namespace: String
    /// Pillion's own namespace, whose pods are never touched.
    public var ownNamespace: String?
    /// The cluster's version; nil is a cluster with native sidecars.
    public var clusterVersion: KubernetesVersion?
    /// What is known about the service account's pull secrets.
    public var pullSecrets: PullSecrets

    /// The day, for the lifecycles of versions; nil where it does not matter, so that every version is current.
    public var date: CalendarDate?
    /// The object that makes the pod, where the pod does not say so itself; nil to go by the pod's owner.
    public var workload: Workload?

    /// Makes an environment.
    public init(
        namespace: String,
        ownNamespace: String? = nil,
        clusterVersion: KubernetesVersion? = nil,
        pullSecrets: PullSecrets = .applied,
        date: CalendarDate? = nil,
        workload: Workload? = nil
    ) {
        self.namespace = namespace
        self.ownNamespace = ownNamespace
        self.clusterVersion = clusterVersion
        self.pullSecrets = pullSecrets
        self.date = date
        self.workload = workload
    }

    /// Whether init containers with `restartPolicy: Always` keep running in the cluster.
    var hasNativeSidecars: Bool {
        clusterVersion.map { $0 >= .nativeSidecars } ?? true
    }
}
