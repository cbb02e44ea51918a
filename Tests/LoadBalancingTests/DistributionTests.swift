import LoadBalancing
import Testing

@Suite struct DistributionTests {
    @Test(
        "Round robin gives each exactly its share",
        arguments: [[1, 1, 1], [1, 2, 3], [5, 1, 1], [1, 100]] as [[UInt32]]
    )
    func roundRobin(weights: [UInt32]) {
        let balancer = TestBalancer(.roundRobin, weights: weights)
        let total = weights.reduce(0, +)
        let counts = balancer.counts(Int(total) * 20)
        for (count, weight) in zip(counts, weights) { #expect(abs(count - Int(weight) * 20) <= 1) }
    }

    @Test("Round robin mixes: no two turns of the heaviest more often in a row than its share demands")
    func smoothness() {
        let balancer = TestBalancer(.roundRobin, weights: [2, 1, 1])
        let turns = (0..<80).compactMap { _ in balancer.choose() }
        for start in 0..<77 { #expect(turns[start..<start + 4].count { $0 == 0 } <= 3) }
        for start in 0..<78 { #expect(Set(turns[start..<start + 3]) != [0]) }
    }

    @Test("Round robin does not begin at the same endpoint everywhere")
    func starts() {
        let starts = [0, 1 << 62, 1 << 63, 3 << 62].map { (word: UInt64) in
            let balancer = TestBalancer(.roundRobin, weights: [1, 1, 1, 1])
            return balancer.choose(random: word)
        }
        #expect(Set(starts).count == 4)
    }

    @Test("Round robin goes on for ever")
    func longRun() {
        let balancer = TestBalancer(.roundRobin, weights: [1, .max])
        // The lightest comes once in four thousand million turns: it must not stop the others.
        #expect(balancer.counts(10_000)[1] >= 9_999)
    }

    @Test(
        "Random choices follow the weights",
        arguments: [.random, .leastRequest] as [BalancingPolicy],
        [[1, 1, 1, 1], [1, 2, 3, 4], [1, 1, 98]] as [[UInt32]]
    )
    func random(policy: BalancingPolicy, weights: [UInt32]) {
        let balancer = TestBalancer(policy, weights: weights)
        let rounds = 20_000
        let total = Double(weights.reduce(0, +))
        for (count, weight) in zip(balancer.counts(rounds), weights) {
            let expected = Double(rounds) * Double(weight) / total
            // Five standard deviations.
            #expect(abs(Double(count) - expected) < 5 * expected.squareRoot() + 1)
        }
    }

    @Test("Of two choices, the one with fewer requests is taken")
    func leastRequest() {
        let balancer = TestBalancer(.leastRequest, weights: Array(repeating: 1, count: 20))
        var random = TestRandom()
        for _ in 0..<2_000 { _ = balancer.choose(random: random.next()) }
        // By chance alone the fullest would have about 125; two choices stay within a few of the mean of 100.
        let loads = (0..<20).map { balancer.activeRequests($0) }
        #expect(loads.allSatisfy { (95...105).contains($0) })
    }

    @Test("Requests under way are shared by weight")
    func weightedLeastRequest() {
        let balancer = TestBalancer(.leastRequest, weights: [1, 3])
        var random = TestRandom()
        for _ in 0..<400 { _ = balancer.choose(random: random.next()) }
        #expect((95...105).contains(balancer.activeRequests(0)))
    }

    @Test("The first endpoint that can be reached is kept")
    func firstReachable() {
        let balancer = TestBalancer(.firstReachable, weights: [1, 1, 1])
        #expect(balancer.counts(10) == [10, 0, 0])
        var attempted = AttemptedEndpoints()
        attempted.insert(0)
        #expect(balancer.choose(random: 5, excluding: attempted) == 1)
        #expect(balancer.counts(10) == [0, 10, 0])
    }

    @Test("Ten thousand endpoints", arguments: [.roundRobin, .leastRequest, .random] as [BalancingPolicy])
    func many(policy: BalancingPolicy) {
        let balancer = TestBalancer(policy, weights: (0..<10_000).map { UInt32($0 % 7 + 1) })
        #expect(balancer.counts(5_000).reduce(0, +) == 5_000)
    }
}
