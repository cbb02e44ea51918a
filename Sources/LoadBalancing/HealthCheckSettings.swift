/// When active health checks run and what they mean: the parts common to all of `core.v3.HealthCheck`.
public struct HealthCheckSettings: Sendable, Hashable {
    /// How long a check may take: `timeout`.
    public var timeout: Duration
    /// The time between checks: `interval`.
    public var interval: Duration
    /// How many failures in a row make an endpoint unhealthy: `unhealthy_threshold`.
    public var unhealthyThreshold: Int
    /// How many successes in a row make it healthy again: `healthy_threshold`.
    public var healthyThreshold: Int
    /// The time between checks while the cluster has never had traffic: `no_traffic_interval`.
    public var noTrafficInterval = Duration.seconds(60)
    /// The same for healthy endpoints: `no_traffic_healthy_interval`; nil for ``noTrafficInterval``.
    public var noTrafficHealthyInterval: Duration?
    /// The time between checks of an unhealthy endpoint: `unhealthy_interval`; nil for ``interval``.
    public var unhealthyInterval: Duration?
    /// The time to the first check after one became unhealthy: `unhealthy_edge_interval`.
    public var unhealthyEdgeInterval: Duration?
    /// The time to the first check after one became healthy: `healthy_edge_interval`.
    public var healthyEdgeInterval: Duration?
    /// The most that chance delays the first check: `initial_jitter`.
    public var initialJitter = Duration.zero
    /// The most that chance adds to the time between checks: `interval_jitter`.
    public var intervalJitter = Duration.zero
    /// The most that chance adds, in percent of the time between checks: `interval_jitter_percent`.
    public var intervalJitterPercent = 0

    /// Makes settings; Envoy has no defaults for these four.
    public init(timeout: Duration, interval: Duration, unhealthyThreshold: Int, healthyThreshold: Int) {
        self.timeout = timeout
        self.interval = interval
        self.unhealthyThreshold = unhealthyThreshold
        self.healthyThreshold = healthyThreshold
    }
}
