import Kubernetes
import Testing

@Suite("TimeSpan")
struct TimeSpanTests {
    @Test(
        "durations are read as Go reads them",
        arguments: [
            ("0", 0), ("0s", 0), ("90s", 90_000_000_000), ("1m30s", 90_000_000_000), ("1.5s", 1_500_000_000),
            ("250ms", 250_000_000), ("1us", 1000), ("1µs", 1000), ("7ns", 7), (".5s", 500_000_000),
            ("1.s", 1_000_000_000),
            ("1h", 3_600_000_000_000), ("0.1ns", 0),
        ] as [(String, Int128)]
    )
    func reads(_ text: String, _ nanoseconds: Int128) {
        #expect(TimeSpan(text)?.nanoseconds == nanoseconds)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "5", "s", ".s", "-1s", "+1s", "1 s", "1d", "1.2.3s", "9999999h", "99999999999999999999s", "1s1", "1S",
            "١s",
        ]
    )
    func refuses(_ text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test(
        "durations are written as Go writes them",
        arguments: [
            ("0", "0s"), ("90s", "1m30s"), ("1h", "1h0m0s"), ("100m", "1h40m0s"), ("1.5s", "1.5s"), ("250ms", "250ms"),
            ("1500us", "1.5ms"), ("7ns", "7ns"), ("1001ns", "1.001µs"), ("1m0.01s", "1m0.01s"), ("60s", "1m0s"),
        ]
    )
    func writes(_ text: String, _ expected: String) throws {
        let span = try #require(TimeSpan(text))
        #expect(span.description == expected)
        #expect(TimeSpan(expected) == span)
    }

    @Test("durations are compared by length")
    func compares() throws {
        #expect(try #require(TimeSpan("90s")) == #require(TimeSpan("1m30s")))
        #expect(try #require(TimeSpan("59s")) < #require(TimeSpan("1m")))
    }
}
