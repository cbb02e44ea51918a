import LoadBalancing
import Testing

@Suite struct LoadBalancerTests {
    static let policies: [BalancingPolicy] = [
        .roundRobin, .leastRequest, .random, .ringHash, .maglev(size: 251), .firstReachable,
    ]

    @Test("No endpoint, no choice", arguments: policies)
    func empty(policy: BalancingPolicy) {
        let balancer = TestBalancer(policy, weights: [])
        #expect(balancer.choose(random: 7) == nil)
    }

    @Test("The only endpoint is chosen always", arguments: policies)
    func single(policy: BalancingPolicy) {
        let balancer = TestBalancer(policy, weights: [3])
        #expect(balancer.counts(50) == [50])
    }

    @Test("The same inputs give the same choices", arguments: policies)
    func determinism(policy: BalancingPolicy) {
        let one = TestBalancer(policy, weights: [1, 2, 3, 4])
        let other = TestBalancer(policy, weights: [1, 2, 3, 4])
        #expect(one.counts(500, seed: 9) == other.counts(500, seed: 9))
    }

    @Test("Of two endpoints with the same key one is used")
    func duplicates() {
        let endpoints = [Endpoint(key: "a"), Endpoint(key: "b"), Endpoint(key: "a")]
        #expect(TestBalancer(endpoints).endpoints.map(\.key) == ["a", "b"])
    }

    @Test("Unhealthy endpoints get nothing while enough are healthy", arguments: policies)
    func unhealthy(policy: BalancingPolicy) {
        let balancer = TestBalancer(policy, weights: [1, 1, 1, 1])
        balancer.setActiveHealth(0, isHealthy: false)
        #expect(balancer.counts(400)[0] == 0)
        #expect(balancer.healthyCount == 3)
        #expect(!balancer.isPanicking)
    }

    @Test("Fewer healthy endpoints than the threshold: all get requests", arguments: [49.0, 51.0])
    func panic(threshold: Double) {
        let balancer = TestBalancer(.roundRobin, weights: [1, 1, 1, 1], panicThreshold: threshold)
        for index in 0..<2 { balancer.setActiveHealth(index, isHealthy: false) }
        #expect(balancer.counts(400) == (threshold > 50 ? [100, 100, 100, 100] : [0, 0, 200, 200]))
        #expect(balancer.isPanicking == (threshold > 50))
    }

    @Test("A threshold of 0 never sends requests to unhealthy endpoints")
    func noPanic() {
        let balancer = TestBalancer(.random, weights: [1], panicThreshold: 0)
        balancer.setActiveHealth(0, isHealthy: false)
        #expect(balancer.choose(random: 1) == nil)
    }

    @Test("A panic may refuse instead")
    func failingPanic() {
        var settings = BalancerSettings()
        settings.failsOnPanic = true
        let balancer = TestBalancer(TestBalancer.endpoints([1, 1, 1]), settings: settings)
        for index in 0..<2 { balancer.setActiveHealth(index, isHealthy: false) }
        #expect(balancer.choose(random: 1) == nil)
    }

    @Test("New endpoints wait for their first health check")
    func initialHealth() {
        let balancer = TestBalancer(.roundRobin, weights: [1], panicThreshold: 0, initialHealth: .failedActiveCheck)
        #expect(balancer.choose(random: 1) == nil)
        #expect(balancer.health(0).flags == "/failed_active_hc")
        balancer.setActiveHealth(0, isHealthy: true)
        #expect(balancer.choose(random: 1) == 0)
    }

    @Test("A retry avoids the endpoints that were tried", arguments: policies)
    func retries(policy: BalancingPolicy) throws {
        let balancer = TestBalancer(policy, weights: [1, 9, 3, 2, 7])
        var random = TestRandom()
        for _ in 0..<50 {
            var attempted = AttemptedEndpoints()
            for _ in 0..<5 {
                let hash = random.next()
                let chosen = balancer.choose(random: random.next(), hash: hash, excluding: attempted)
                let index = try #require(chosen)
                #expect(!attempted.contains(index))
                attempted.insert(index)
                balancer.finish(index, nil)
            }
            // All have been tried: any may be tried again.
            #expect(balancer.choose(random: random.next(), excluding: attempted) != nil)
        }
    }

    @Test("Endpoints that stay keep their health and their requests")
    func replacement() {
        let balancer = TestBalancer([Endpoint(key: "a"), Endpoint(key: "b"), Endpoint(key: "c")])
        balancer.setActiveHealth(1, isHealthy: false)
        let busy = balancer.choose()
        let origins = balancer.replace([Endpoint(key: "c"), Endpoint(key: "d"), Endpoint(key: "b", weight: 4)])
        #expect(origins == [2, nil, 1])
        #expect(balancer.health(2) == .failedActiveCheck)
        #expect(balancer.health(1).isEmpty)
        #expect(balancer.activeRequests(0) == (busy == 2 ? 1 : 0))
        #expect(balancer.endpoints[2].weight == 4)
    }

    @Test("Indices that no endpoint has are ignored", arguments: [-1, 3, .max])
    func strangeIndices(index: Int) {
        let balancer = TestBalancer(.roundRobin, weights: [1, 1, 1])
        balancer.setActiveHealth(index, isHealthy: false)
        #expect(balancer.finish(index, .connectionFailed) == nil)
        #expect(balancer.healthyCount == 3)
        #expect(balancer.activeRequests(index) == 0)
    }
}
