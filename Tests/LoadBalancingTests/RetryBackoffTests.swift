import LoadBalancing
import Testing

@Suite struct RetryBackoffTests {
    @Test("Waits double up to the limit, each shortened by chance")
    func doubling() {
        var backoff = RetryBackoff()
        for limit in [25, 50, 100, 200, 250, 250] {
            var same = backoff
            let longest = backoff.next(random: .max)
            #expect(longest < .milliseconds(limit) && longest > .milliseconds(limit - 1))
            let shortest = same.next(random: 0)
            #expect(shortest == .zero)
        }
        backoff.reset()
        let backoffWait = backoff.next(random: .max)
        #expect(backoffWait < .milliseconds(25))
    }

    @Test("A base of zero waits no time, and a limit below the base is the base")
    func degenerate() {
        var none = RetryBackoff(base: .zero)
        let noneWait = none.next(random: .max)
        #expect(noneWait == .zero)
        var narrow = RetryBackoff(base: .seconds(2), limit: .seconds(1))
        _ = narrow.next(random: .max)
        let narrowWait = narrow.next(random: .max)
        #expect(narrowWait < .seconds(2))
        var wide = RetryBackoff(base: .seconds(1_000_000_000_000), limit: .seconds(2_000_000_000_000))
        let wideWait = wide.next(random: .max)
        #expect(wideWait > .seconds(1_000_000_000))
    }
}
