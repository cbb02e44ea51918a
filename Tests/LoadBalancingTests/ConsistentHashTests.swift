import LoadBalancing
import Testing

@Suite struct ConsistentHashTests {
    static let policies: [BalancingPolicy] = [.ringHash, .maglev(size: 4_099)]
    static let hashes: [UInt64] = {
        var random = TestRandom(3)
        return (0..<4_000).map { _ in random.next() }
    }()

    @Test(
        "Each endpoint has about its share of the hashes",
        arguments: policies,
        [[1, 1, 1, 1, 1], [1, 2, 2]] as [[UInt32]]
    )
    func shares(policy: BalancingPolicy, weights: [UInt32]) {
        let balancer = TestBalancer(policy, weights: weights)
        let owners = balancer.owners(Self.hashes)
        for (endpoint, weight) in zip(balancer.endpoints, weights) {
            let share = Double(owners.count { $0 == endpoint.key }) / Double(owners.count)
            let expected = Double(weight) / Double(weights.reduce(0, +))
            // A ring of 1,024 places is uneven by some percent; Maglev is exact but for the sample.
            #expect(abs(share - expected) < expected * 0.25)
        }
    }

    @Test("A hash keeps its endpoint", arguments: policies)
    func stability(policy: BalancingPolicy) {
        let one = TestBalancer(policy, weights: [1, 1, 1])
        let other = TestBalancer(policy, weights: [1, 1, 1])
        #expect(one.owners(Self.hashes) == other.owners(Self.hashes))
        #expect(one.owners(Self.hashes) == one.owners(Self.hashes))
    }

    @Test("The order of the endpoints does not matter", arguments: policies)
    func order(policy: BalancingPolicy) {
        let endpoints = TestBalancer.endpoints([1, 2, 3, 4])
        let one = TestBalancer(endpoints, settings: BalancerSettings(policy: policy))
        let other = TestBalancer(endpoints.reversed(), settings: BalancerSettings(policy: policy))
        #expect(one.owners(Self.hashes) == other.owners(Self.hashes))
    }

    @Test("When one of ten goes, hardly any other's requests move", arguments: policies)
    func disruption(policy: BalancingPolicy) {
        let balancer = TestBalancer(policy, weights: Array(repeating: 1, count: 10))
        let before = balancer.owners(Self.hashes)
        balancer.setActiveHealth(4, isHealthy: false)
        let gone = balancer.endpoints[4].key
        let after = balancer.owners(Self.hashes)
        let kept = zip(before, after).filter { $0.0 != gone }
        let moved = kept.count { $0.0 != $0.1 }
        #expect(!after.contains(gone))
        // The ring keeps its size, so those that stay have more places; Maglev trades a few percent for its evenness.
        #expect(moved * 100 < kept.count * 10)
        balancer.setActiveHealth(4, isHealthy: true)
        #expect(balancer.owners(Self.hashes) == before)
    }

    @Test("The ring is the one that Envoy makes of the same endpoints")
    func envoyRing() {
        let endpoints = (90..<96).map { Endpoint(key: "127.0.0.1:\($0)") }
        let policy = BalancingPolicy.ringHash(minimumSize: 12, maximumSize: 1024)
        let balancer = TestBalancer(endpoints, settings: BalancerSettings(policy: policy))
        let places: [(UInt64, String)] = [
            (833_437_586_790_550_860, "127.0.0.1:94"), (928_266_305_478_181_108, "127.0.0.1:92"),
            (1_033_482_794_131_418_490, "127.0.0.1:90"), (3_551_244_743_356_806_947, "127.0.0.1:95"),
            (3_851_675_632_748_031_481, "127.0.0.1:93"), (5_583_722_120_771_150_861, "127.0.0.1:91"),
            (6_311_230_543_546_372_928, "127.0.0.1:91"), (7_700_377_290_971_790_572, "127.0.0.1:93"),
            (13_144_177_310_400_110_813, "127.0.0.1:95"), (13_444_792_449_719_432_967, "127.0.0.1:92"),
            (15_516_499_411_664_133_160, "127.0.0.1:94"), (16_117_243_373_044_804_889, "127.0.0.1:90"),
        ]
        #expect(balancer.owners(places.map(\.0)) == places.map(\.1))
        let next = places.dropFirst().map(\.1) + [places[0].1]
        #expect(balancer.owners(places.map { $0.0 + 1 }) == next)
    }

    @Test("With MurmurHash2 as well")
    func murmurRing() {
        let endpoints = (80..<86).map { Endpoint(key: "127.0.0.1:\($0)") }
        let policy = BalancingPolicy.ringHash(minimumSize: 12, maximumSize: 1024, function: .murmurHash2)
        let balancer = TestBalancer(endpoints, settings: BalancerSettings(policy: policy))
        let places: [(UInt64, String)] = [
            (1_358_027_074_129_602_068, "127.0.0.1:85"), (4_361_834_613_929_391_114, "127.0.0.1:83"),
            (7_224_494_972_555_149_682, "127.0.0.1:84"), (7_701_421_856_454_313_576, "127.0.0.1:81"),
            (8_649_315_368_077_433_379, "127.0.0.1:82"), (8_739_448_859_063_030_639, "127.0.0.1:84"),
            (9_887_544_217_113_020_895, "127.0.0.1:81"), (10_150_910_876_324_007_731, "127.0.0.1:82"),
            (15_168_472_011_420_622_455, "127.0.0.1:83"), (15_427_156_902_705_414_897, "127.0.0.1:80"),
            (16_375_050_414_328_759_093, "127.0.0.1:85"), (17_613_279_263_364_193_813, "127.0.0.1:80"),
        ]
        #expect(balancer.owners(places.map(\.0)) == places.map(\.1))
    }

    @Test("A ring is no larger than allowed")
    func maximum() {
        let policy = BalancingPolicy.ringHash(minimumSize: 1 << 40, maximumSize: 64)
        let balancer = TestBalancer(policy, weights: [1, 4_000_000_000])
        // Even the lightest has one place, and there are no more than 64.
        let share = balancer.owners(Self.hashes).count { $0 == balancer.endpoints[0].key }
        #expect(share < Self.hashes.count / 10)
    }

    @Test("Maglev's places are filled evenly, whatever the number of endpoints", arguments: [1, 2, 7, 50])
    func evenness(count: Int) {
        let balancer = TestBalancer(.maglev(size: 251), weights: Array(repeating: 1, count: count))
        let owners = balancer.owners((0..<251).map(UInt64.init))
        for endpoint in balancer.endpoints {
            #expect((251 / count...251 / count + 1).contains(owners.count { $0 == endpoint.key }))
        }
    }

    @Test("A Maglev table of Envoy's size, and one that is no prime", arguments: [65_537, 1_000, 2, 0] as [UInt64])
    func sizes(size: UInt64) {
        let balancer = TestBalancer(.maglev(size: size), weights: [1, 1, 1])
        #expect(!balancer.owners(Self.hashes).contains("none"))
    }
}
