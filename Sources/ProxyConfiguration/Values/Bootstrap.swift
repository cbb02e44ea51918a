/// A whole configuration, checked: the subset of `envoy.config.bootstrap.v3.Bootstrap` that the proxy knows.
public struct Bootstrap: Sendable, Equatable {
    /// The listeners, with different names.
    public var listeners: [ListenerConfiguration]
    /// The clusters, with different names; every route's cluster is among them.
    public var clusters: [ClusterConfiguration]
    /// `admin.address`, or nil without an `admin` block.
    public var admin: NetworkAddress?
    /// The configuration as the compact text of a JSON document, without secrets: for people to look at.
    public internal(set) var document: [UInt8] = []

    /// Where the connection managers send spans, each place once.
    public var tracing: [TracingConfiguration] {
        var found: [TracingConfiguration] = []
        for chain in listeners.flatMap({ $0.filterChains + ($0.defaultFilterChain.map { [$0] } ?? []) }) {
            guard case .http(let manager) = chain.filter, let tracing = manager.tracing else { continue }
            if !found.contains(tracing) { found.append(tracing) }
        }
        return found
    }

    /// Makes a configuration from parts that fit together.
    public init(listeners: [ListenerConfiguration], clusters: [ClusterConfiguration], admin: NetworkAddress? = nil) {
        self.listeners = listeners
        self.clusters = clusters
        self.admin = admin
    }
}
