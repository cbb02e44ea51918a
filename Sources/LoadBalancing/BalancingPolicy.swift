/// How an endpoint is chosen for a request: `cluster.v3.Cluster.lb_policy`.
public enum BalancingPolicy: Sendable, Hashable {
    /// One after the other, in proportion to the weights and evenly mixed.
    case roundRobin
    /// The one with the fewest requests under way, by weight, of `choices` drawn at random by weight.
    case leastRequest(choices: Int)
    /// Any, in proportion to the weights.
    case random
    /// The next one on a ring of hashes with at least `minimumSize` and at most `maximumSize` places.
    case ringHash(minimumSize: UInt64, maximumSize: UInt64, function: HashFunction = .xxHash)
    /// The one that a Maglev table of `size` places, a prime, holds for the hash.
    case maglev(size: UInt64)
    /// The first, until a request had to avoid it; then the next.
    case firstReachable

    /// Envoy's least request, with two choices.
    public static let leastRequest = BalancingPolicy.leastRequest(choices: 2)
    /// Envoy's ring, with 1,024 to 8,388,608 places.
    public static let ringHash = BalancingPolicy.ringHash(minimumSize: 1024, maximumSize: 8_388_608)
    /// Envoy's Maglev table, with 65,537 places.
    public static let maglev = BalancingPolicy.maglev(size: 65_537)
}
