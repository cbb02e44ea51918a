/// A group of endpoints that serve the same: `cluster.v3.Cluster` of type STATIC.
public struct ClusterConfiguration: Sendable, Equatable {
    /// The name, by which routes know it and metrics label it.
    public var name: String
    /// How long a connection may take to be made.
    public var connectTimeout: Duration
    /// How an endpoint is chosen.
    public var loadBalancing: LoadBalancing
    /// The endpoints in order; none means that every request is answered with 503.
    public var endpoints: [NetworkAddress]

    /// Makes a cluster; Envoy's connect timeout is 5 s.
    public init(
        name: String,
        connectTimeout: Duration = .seconds(5),
        loadBalancing: LoadBalancing = .roundRobin,
        endpoints: [NetworkAddress]
    ) {
        self.name = name
        self.connectTimeout = connectTimeout
        self.loadBalancing = loadBalancing
        self.endpoints = endpoints
    }
}

/// How a cluster's endpoint is chosen for a request: `lb_policy`.
public enum LoadBalancing: String, Sendable, CaseIterable {
    /// One after the other.
    case roundRobin = "ROUND_ROBIN"
    /// The one with fewer requests of two chosen at random.
    case leastRequest = "LEAST_REQUEST"
    /// Any.
    case random = "RANDOM"
    /// The first that accepts connections, remembered until it refuses; no file can name it.
    case firstReachable = "FIRST_REACHABLE"
}
