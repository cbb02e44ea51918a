import LoadBalancing
import ProxyConfiguration

/// A balancer under test: a class, because `#expect` cannot call what changes a value.
@dynamicMemberLookup
final class TestBalancer {
    private var balancer: LoadBalancer

    /// A balancer of endpoints `10.0.0.0:80`, `10.0.0.1:80` and so on with `weights`.
    init(
        _ policy: BalancingPolicy,
        weights: [UInt32],
        panicThreshold: Double = 50,
        outlierSettings: OutlierDetection? = nil,
        initialHealth: EndpointHealth = []
    ) {
        balancer = LoadBalancer(
            Self.endpoints(weights),
            settings: BalancerSettings(policy: policy, panicThreshold: panicThreshold),
            outlierSettings: outlierSettings,
            initialHealth: initialHealth
        )
    }

    init(_ endpoints: [Endpoint], settings: BalancerSettings = BalancerSettings()) {
        balancer = LoadBalancer(endpoints, settings: settings)
    }

    subscript<Value>(dynamicMember path: KeyPath<LoadBalancer, Value>) -> Value { balancer[keyPath: path] }

    static func endpoints(_ weights: [UInt32]) -> [Endpoint] {
        weights.enumerated().map { Endpoint(key: "10.0.\($0 / 256).\($0 % 256):80", weight: $1) }
    }

    func choose(
        now: Duration = .zero,
        random: UInt64 = 0,
        hash: UInt64? = nil,
        excluding attempted: AttemptedEndpoints = AttemptedEndpoints()
    ) -> Int? {
        balancer.choose(now: now, random: random, hash: hash, excluding: attempted)
    }

    @discardableResult
    func finish(_ index: Int, _ outcome: RequestOutcome?, now: Duration = .zero, random: UInt64 = 0) -> OutlierEvent? {
        balancer.finish(index, outcome, now: now, random: random)
    }

    func replace(_ endpoints: [Endpoint]) -> [Int?] { balancer.replace(endpoints) }

    func setActiveHealth(_ index: Int, isHealthy: Bool) { balancer.setActiveHealth(index, isHealthy: isHealthy) }

    func health(_ index: Int) -> EndpointHealth { balancer.health(index) }

    func activeRequests(_ index: Int) -> Int { balancer.activeRequests(index) }

    @discardableResult
    func sweepOutliers(now: Duration = .zero) -> [(index: Int, event: OutlierEvent)] {
        balancer.sweepOutliers(now: now, random: 0)
    }

    /// How often each endpoint is chosen in `count` requests that end at once.
    func counts(_ count: Int, seed: UInt64 = 1) -> [Int] {
        var random = TestRandom(seed)
        var counts = Array(repeating: 0, count: balancer.endpoints.count)
        for _ in 0..<count {
            guard let index = choose(random: random.next()) else { continue }
            counts[index] += 1
            finish(index, .response(status: 200))
        }
        return counts
    }

    /// The keys of the endpoints chosen for each of `hashes`.
    func owners(_ hashes: [UInt64]) -> [String] {
        hashes.map { hash in
            guard let index = choose(hash: hash) else { return "none" }
            finish(index, nil)
            return balancer.endpoints[index].key
        }
    }
}
