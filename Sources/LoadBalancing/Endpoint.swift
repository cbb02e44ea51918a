/// One endpoint of a cluster as the balancer knows it: `endpoint.v3.LbEndpoint`.
public struct Endpoint: Sendable, Hashable {
    /// What tells it from others, and what rings and Maglev tables hash: the address as in `10.0.0.1:80`.
    public var key: String
    /// How much it takes beside the others, at least 1: `load_balancing_weight`.
    public var weight: UInt32

    /// Makes an endpoint; a weight of 0 counts as 1.
    public init(key: String, weight: UInt32 = 1) {
        self.key = key
        self.weight = max(1, weight)
    }
}
