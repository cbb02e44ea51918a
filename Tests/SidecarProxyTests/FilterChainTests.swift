import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("The choice of a filter chain")
struct FilterChainTests {
    private static func chain(
        _ name: String,
        _ names: [String] = [],
        _ transport: FilterChainMatch.TransportProtocol? = nil,
        _ protocols: [String] = []
    ) -> FilterChain {
        var chain = FilterChain.tcp(TCPProxy(statPrefix: name, target: .cluster("c")))
        chain.name = name
        chain.match.serverNames = names
        chain.match.transportProtocol = transport
        chain.match.applicationProtocols = protocols
        return chain
    }

    @Test(
        "The most telling match wins",
        arguments: [
            ("a.example", [], "exact"), ("b.example", [], "suffix"), ("x.deep.example", [], "longer"),
            ("example", [], "tls"), ("other", ["h2"], "alpn"), ("", [], "tls"), (nil, [], "plain"),
        ] as [(String?, [String], String)]
    )
    func wins(_ name: String?, _ protocols: [String], _ expected: String) throws {
        let address = NetworkAddress(host: "127.0.0.1", port: 0)
        let chains = [
            Self.chain("suffix", ["*.example"]), Self.chain("longer", ["*.deep.example"]),
            Self.chain("exact", ["a.example"]), Self.chain("tls", [], .tls), Self.chain("alpn", [], .tls, ["h2"]),
            Self.chain("plain", [], .plain),
        ]
        let plan = try ListenerPlan(
            ListenerConfiguration(name: "l", address: address, filterChains: chains),
            clusters: [],
            spans: SpanQueues()
        )
        let hello = name.map { ClientHello(serverName: $0, applicationProtocols: protocols) }
        #expect(plan.chain(for: hello)?.name == expected)
    }

    @Test("Where nothing matches, the default chain does, or none")
    func fallback() throws {
        let address = NetworkAddress(host: "127.0.0.1", port: 0)
        var listener = ListenerConfiguration(name: "l", address: address, filterChains: [Self.chain("tls", [], .tls)])
        #expect(try ListenerPlan(listener, clusters: [], spans: SpanQueues()).chain(for: nil) == nil)
        listener.defaultFilterChain = Self.chain("default")
        #expect(try ListenerPlan(listener, clusters: [], spans: SpanQueues()).chain(for: nil)?.name == "default")
    }
}
