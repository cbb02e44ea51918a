/// A group of endpoints that serve the same: `cluster.v3.Cluster`.
public struct ClusterConfiguration: Sendable, Equatable {
    /// How endpoints are found: `type`.
    public enum Discovery: String, Sendable, CaseIterable {
        /// They are given as addresses.
        case fixed = "STATIC"
        /// All addresses of the given names are endpoints.
        case strictDNS = "STRICT_DNS"
        /// The first address of the one given name is the endpoint for new connections.
        case logicalDNS = "LOGICAL_DNS"
    }

    /// `name`, by which routes know it and metrics label it.
    public var name: String
    /// `alt_stat_name`: the label in metrics instead of the name; nil for the name.
    public var statName: String?
    /// `type` (STATIC).
    public var discovery = Discovery.fixed
    /// `connect_timeout` (5 s): how long a connection, with its TLS handshake, may take to be made.
    public var connectTimeout: Duration
    /// `lb_policy` (ROUND_ROBIN).
    public var loadBalancing: LoadBalancing
    /// `least_request_lb_config.choice_count` (2).
    public var leastRequestChoices = 2
    /// `ring_hash_lb_config`.
    public var ringHash = RingHashOptions()
    /// `maglev_lb_config.table_size` (65,537): a prime, at most 5,000,011.
    public var maglevTableSize = 65_537
    /// `common_lb_config.healthy_panic_threshold` (50): under this per cent of healthy endpoints all are used.
    public var panicThreshold = 50.0
    /// `load_assignment` in order; none means that every request is answered with 503.
    public var endpoints: [EndpointConfiguration]
    /// The resolution of names.
    public var dns = DNSOptions()
    /// `health_checks`, of which all must hold.
    public var healthChecks: [HealthCheck] = []
    /// `circuit_breakers.thresholds` of priority DEFAULT.
    public var circuitBreaker = CircuitBreakerThresholds()
    /// `circuit_breakers.thresholds` of priority HIGH.
    public var highPriorityCircuitBreaker = CircuitBreakerThresholds()
    /// `outlier_detection`; nil, the default, for none.
    public var outlierDetection: OutlierDetection?
    /// `transport_socket` with an `UpstreamTlsContext`; nil for plain TCP.
    public var tls: UpstreamTLSContext?
    /// `typed_extension_protocol_options`, and the older `http2_protocol_options` and the like.
    public var http = UpstreamHTTPOptions()
    /// `upstream_connection_options.tcp_keepalive`; nil, the default, for none.
    public var tcpKeepalive: TCPKeepalive?
    /// `per_connection_buffer_limit_bytes`: a soft limit for what waits to be sent, in bytes from 1; nil, the default,
    /// for 64 KiB, unlike Envoy's 1 MiB.
    public var bufferLimit: Int?

    /// Makes a cluster.
    public init(
        name: String,
        connectTimeout: Duration = .seconds(5),
        loadBalancing: LoadBalancing = .roundRobin,
        endpoints: [EndpointConfiguration]
    ) {
        self.name = name
        self.connectTimeout = connectTimeout
        self.loadBalancing = loadBalancing
        self.endpoints = endpoints
    }
}

/// How a cluster's endpoint is chosen for a request: `lb_policy`.
public enum LoadBalancing: String, Sendable, CaseIterable {
    /// One after the other, by weight.
    case roundRobin = "ROUND_ROBIN"
    /// The one with fewer requests of some chosen at random.
    case leastRequest = "LEAST_REQUEST"
    /// Any.
    case random = "RANDOM"
    /// The one next to the request's hash on a ring.
    case ringHash = "RING_HASH"
    /// The one at the request's hash in a table.
    case maglev = "MAGLEV"
    /// The first that accepts connections, remembered until it refuses; no file can name it.
    case firstReachable = "FIRST_REACHABLE"
}

/// The ring of RING_HASH: `cluster.v3.Cluster.RingHashLbConfig`; its hash function is xxHash64.
public struct RingHashOptions: Sendable, Hashable {
    /// `minimum_ring_size` (1024): entries, at most 8,388,608.
    public var minimumSize = 1024
    /// `maximum_ring_size` (8,388,608): entries.
    public var maximumSize = 8_388_608
    /// Makes the default values.
    public init() {}
}
