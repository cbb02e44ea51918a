/// What a load balancer does: the parts of `cluster.v3.Cluster` that choose endpoints.
public struct BalancerSettings: Sendable, Hashable {
    /// How an endpoint is chosen.
    public var policy: BalancingPolicy
    /// The share of healthy endpoints in percent below which health is ignored: `healthy_panic_threshold`.
    ///
    /// With 0, unhealthy endpoints never get requests.
    public var panicThreshold: Double
    /// Whether a panic refuses requests rather than send them anywhere: `fail_traffic_on_panic`.
    public var failsOnPanic: Bool
    /// How often a choice is repeated when the endpoint has been tried already, before the rest are searched.
    public var reselections: Int

    /// Makes settings; Envoy's panic threshold is 50 %.
    public init(
        policy: BalancingPolicy = .roundRobin,
        panicThreshold: Double = 50,
        failsOnPanic: Bool = false,
        reselections: Int = 5
    ) {
        self.policy = policy
        self.panicThreshold = panicThreshold
        self.failsOnPanic = failsOnPanic
        self.reselections = reselections
    }
}
