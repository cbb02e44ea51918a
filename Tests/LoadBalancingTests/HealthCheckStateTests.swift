import LoadBalancing
import Testing

@Suite struct HealthCheckStateTests {
    private func settings() -> HealthCheckSettings {
        var settings = HealthCheckSettings(
            timeout: .seconds(1),
            interval: .seconds(10),
            unhealthyThreshold: 3,
            healthyThreshold: 2
        )
        settings.unhealthyInterval = .seconds(20)
        settings.unhealthyEdgeInterval = .seconds(2)
        settings.healthyEdgeInterval = .seconds(4)
        settings.noTrafficHealthyInterval = .seconds(90)
        return settings
    }

    @Test(
        "Thresholds",
        arguments: [
            ("s", "+"), ("f", "."), ("ff", ".."), ("fss", "..+"), ("sff", "+.."), ("sfff", "+..-"),
            ("sffsff", "+....."),
            ("sx", "+-"), ("sfffs", "+..-."), ("sfffss", "+..-.+"), ("sfffsfss", "+..-...+"), ("xs", ".."),
            ("xss", "..+"),
        ]
    )
    func thresholds(results: String, transitions: String) {
        var state = HealthCheckState(settings())
        var seen = ""
        for result in results {
            switch state.record(result == "s" ? .success : result == "f" ? .failure : .fatalFailure) {
            case .unchanged: seen += "."
            case .becameHealthy: seen += "+"
            case .becameUnhealthy: seen += "-"
            }
        }
        #expect(seen == transitions)
    }

    @Test("Nobody is healthy before the first check")
    func untested() {
        #expect(!HealthCheckState(settings()).isHealthy)
    }

    @Test(
        "The time to the next check depends on what was found",
        arguments: [
            ("s", true, 4), ("ss", true, 10), ("sfff", true, 2), ("sffff", true, 20), ("ss", false, 90),
            ("f", false, 60),
            ("f", true, 2),
        ]
    )
    func intervals(results: String, hasTraffic: Bool, seconds: Int) {
        var state = HealthCheckState(settings())
        for result in results { _ = state.record(result == "s" ? .success : .failure) }
        #expect(state.nextDelay(hasTraffic: hasTraffic, random: 1) == .seconds(seconds))
    }

    @Test("Jitter adds, up to its limit", arguments: [0, 1, 1 << 63, .max] as [UInt64])
    func jitter(random: UInt64) {
        var settings = settings()
        settings.initialJitter = .seconds(5)
        settings.intervalJitter = .seconds(1)
        settings.intervalJitterPercent = 50
        var state = HealthCheckState(settings)
        #expect((.zero ..< .seconds(5)).contains(state.initialDelay(random: random)))
        _ = state.record(.success)
        _ = state.record(.success)
        let delay = state.nextDelay(hasTraffic: true, random: random)
        #expect((.seconds(10) ..< .seconds(16)).contains(delay))
        #expect(state.nextDelay(hasTraffic: true, random: random) == delay)
    }

    @Test("An interval of zero does not spin")
    func zero() {
        let settings = HealthCheckSettings(timeout: .zero, interval: .zero, unhealthyThreshold: 0, healthyThreshold: 0)
        #expect(HealthCheckState(settings).nextDelay(hasTraffic: true, random: 0) == .milliseconds(1))
    }
}
