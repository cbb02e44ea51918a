import NameResolution
import ProxyConfiguration
import Testing

@Suite struct NameTrackerTests {
    private func tracker(
        _ discovery: ClusterConfiguration.Discovery = .strictDNS,
        _ change: (inout DNSOptions) -> Void = { _ in }
    ) -> NameTracker {
        var options = DNSOptions()
        change(&options)
        return NameTracker("app.example", options: options, discovery: discovery)
    }

    private func answer(_ texts: [String], ttl: Int? = nil) -> Result<NameAnswer, NameResolutionError> {
        .success(NameAnswer(addresses: texts.compactMap(ResolvedAddress.init), timeToLive: ttl.map { .seconds($0) }))
    }

    private func failure(_ code: NameResolutionError.Code) -> Result<NameAnswer, NameResolutionError> {
        .failure(NameResolutionError(code, "app.example"))
    }

    private func names(_ tracker: NameTracker) -> [String] { tracker.addresses.map(\.description) }

    @Test("Every address is an endpoint, each once")
    func strict() {
        var tracker = tracker()
        #expect(!tracker.isSettled)
        let update = tracker.record(answer(["10.0.0.1", "10.0.0.2", "10.0.0.1"]), random: 0)
        #expect(update.hasChanged && update.delay == .seconds(5))
        #expect(names(tracker) == ["10.0.0.1", "10.0.0.2"])
        #expect(tracker.isSettled)
    }

    @Test("The same addresses in another order are no change")
    func rotation() {
        var tracker = tracker()
        _ = tracker.record(answer(["10.0.0.1", "10.0.0.2"]), random: 0)
        let isSame = tracker.record(answer(["10.0.0.2", "10.0.0.1"]), random: 0).hasChanged
        #expect(!isSame)
        let isOther = tracker.record(answer(["10.0.0.2"]), random: 0).hasChanged
        #expect(isOther)
    }

    @Test("A logical name has one endpoint: the first address")
    func logical() {
        var tracker = tracker(.logicalDNS)
        _ = tracker.record(answer(["10.0.0.1", "10.0.0.2"]), random: 0)
        #expect(names(tracker) == ["10.0.0.1"])
        let update = tracker.record(answer(["10.0.0.2", "10.0.0.1"]), random: 0)
        #expect(update.hasChanged && names(tracker) == ["10.0.0.2"])
    }

    @Test("The last good addresses are kept while servers fail, however long")
    func stale() {
        var tracker = tracker()
        _ = tracker.record(answer(["10.0.0.1"]), random: 0)
        for _ in 0..<1000 {
            let hasChanged = tracker.record(failure(.serverFailure), random: 0).hasChanged
            #expect(!hasChanged)
        }
        #expect(names(tracker) == ["10.0.0.1"])
        #expect(tracker.failure?.code == .serverFailure)
        _ = tracker.record(answer(["10.0.0.1"]), random: 0)
        #expect(tracker.failure == nil)
    }

    @Test("A name that is gone for good is believed the third time in a row")
    func denial() {
        var tracker = tracker()
        _ = tracker.record(answer(["10.0.0.1"]), random: 0)
        var changes: [Bool] = []
        for code in [.notFound, .notFound, .timedOut, .notFound, .notFound, .notFound] as [NameResolutionError.Code] {
            changes.append(tracker.record(failure(code), random: 0).hasChanged)
        }
        #expect(changes == [false, false, false, false, false, true])
        #expect(tracker.addresses.isEmpty)
    }

    @Test(
        "The answer's own life counts where it is respected",
        arguments: [(true, 30, 30), (true, 0, 5), (true, nil, 5), (false, 30, 5)] as [(Bool, Int?, Int)]
    )
    func timeToLive(respects: Bool, ttl: Int?, expected: Int) {
        var tracker = tracker { $0.respectsTTL = respects }
        #expect(tracker.record(answer(["10.0.0.1"], ttl: ttl), random: 0).delay == .seconds(expected))
    }

    @Test("Chance spreads the questions of many proxies, by a tenth at most")
    func jitter() {
        var tracker = tracker()
        let delay = tracker.record(answer(["10.0.0.1"]), random: .max).delay
        #expect(delay > .milliseconds(5_400) && delay < .milliseconds(5_500))
    }

    @Test("Failures are repeated after the refresh rate or a little earlier")
    func failureRate() {
        var tracker = tracker()
        let shortest = tracker.record(failure(.serverFailure), random: 0).delay
        let longest = tracker.record(failure(.serverFailure), random: .max).delay
        #expect(shortest == .milliseconds(2_500))
        #expect(longest > .milliseconds(4_900) && longest <= .seconds(5))
    }

    @Test("Failures back off where that is wanted, and begin again after a success")
    func backoff() {
        var tracker = tracker {
            $0.failureBaseInterval = .seconds(1)
            $0.failureMaxInterval = .seconds(3)
        }
        for limit in [1, 2, 3, 3] {
            let delay = tracker.record(failure(.serverFailure), random: .max).delay
            #expect(delay < .seconds(limit) && delay > .seconds(limit) - .milliseconds(1))
        }
        _ = tracker.record(answer(["10.0.0.1"]), random: 0)
        let delay = tracker.record(failure(.serverFailure), random: 0).delay
        #expect(delay == .milliseconds(1))
    }
}
