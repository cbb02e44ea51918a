import Foundation
import JSON
import ProxyConfiguration
import Testing

@Suite("connection_keepalive of HTTP/2")
struct KeepaliveSettingsTests {
    private static let manager = "static_resources.listeners[0].filter_chains[0].filters[0].typed_config"
    private static let cluster = "static_resources.clusters[0]"

    /// The minimal document with these settings toward clients and toward endpoints.
    private static func decode(_ settings: String) throws -> Bootstrap {
        let options = #""http2_protocol_options": {"connection_keepalive": \#(settings)}"#
        let text = MinimalDocument.text
            .replacingOccurrences(of: #""stat_prefix""#, with: #"\#(options), "stat_prefix""#)
            .replacingOccurrences(of: #""type": "STATIC""#, with: #""type": "STATIC", \#(options)"#)
        return try BootstrapDecoder.decode(try JSONParser.parse(Array(text.utf8)))
    }

    private static func faults(_ settings: String) -> [String] {
        let error = #expect(throws: ConfigurationError.self) { try decode(settings) }
        return (error?.diagnostics ?? []).map { "\($0.path) \($0.code) \($0.reason)" }.sorted()
    }

    /// The same fault toward clients and toward endpoints, as ``faults(_:)`` tells it.
    private static func bothSides(_ fault: String) -> [String] {
        [cluster, manager].map { "\($0).http2_protocol_options.connection_keepalive\(fault)" }
    }

    @Test("All fields are read on both sides")
    func all() throws {
        let bootstrap = try Self.decode(
            #"{"interval": "30s", "timeout": "0.001s", "interval_jitter": {"value": 7.5}, "connectionIdleInterval": "1s"}"#
        )
        var expected = KeepaliveSettings(timeout: .milliseconds(1))
        expected.interval = .seconds(30)
        expected.intervalJitter = 7.5
        expected.connectionIdleInterval = .seconds(1)
        #expect(bootstrap.clusters.first?.http.http2.connectionKeepalive == expected)
        guard case .http(let manager)? = bootstrap.listeners.first?.filterChains.first?.filter else {
            Issue.record("no connection manager")
            return
        }
        #expect(manager.http2.connectionKeepalive == expected)
    }

    @Test("Without more than a timeout no PING is sent, and the jitter is 15 per cent")
    func defaults() throws {
        let settings = try Self.decode(#"{"timeout": "5s"}"#).clusters.first?.http.http2.connectionKeepalive
        #expect(settings == KeepaliveSettings(timeout: .seconds(5)))
        #expect(settings?.interval == nil && settings?.connectionIdleInterval == nil && settings?.intervalJitter == 15)
        let exact = try Self.decode(#"{"timeout": "5s", "interval_jitter": {}}"#).clusters.first?.http.http2
        #expect(exact?.connectionKeepalive?.intervalJitter == 0)
    }

    @Test("A timeout must be given")
    func missing() {
        #expect(Self.faults(#"{"interval": "30s"}"#) == Self.bothSides(" missing timeout is missing"))
    }

    @Test("Nothing may be shorter than a millisecond", arguments: ["timeout", "interval", "connection_idle_interval"])
    func short(_ field: String) {
        let others = field == "timeout" ? "" : #""timeout": "5s", "#
        let expected = Self.bothSides(".\(field) invalidValue must be at least 0.001s")
        #expect(Self.faults(#"{\#(others)"\#(field)": "0.000999s"}"#) == expected)
    }

    @Test("No more jitter than the interval itself", arguments: ["-1", "100.1", "\"x\""])
    func jitter(_ value: String) {
        let faults = Self.faults(#"{"timeout": "5s", "interval_jitter": {"value": \#(value)}}"#)
        #expect(faults.count == 2 && faults.allSatisfy { $0.contains("connection_keepalive.interval_jitter.value") })
    }
}
