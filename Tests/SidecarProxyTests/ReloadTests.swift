import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Another configuration", .serialized)
struct ReloadTests {
    @Test("A request that was under way is answered, and its connection to the old cluster ends behind it")
    func underWay() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        #expect(try await ProxyHarness.eventually { app.connections == 1 })
        try await proxy.server.reload(Self.changed(proxy.server.snapshot.bootstrap, seconds: 2))
        client.send("cd")
        #expect(try client.receive(until: "ok").hasPrefix("HTTP/1.1 200 "))
        // Nobody would ever look for it in the old cluster.
        #expect(try await ProxyHarness.eventually { app.closed == 1 })
    }

    @Test("The counters of a cluster go on when it changes, in one place")
    func counters() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness([app.port])
        for seconds in 2...5 {
            _ = try proxy.get("/")
            try await proxy.server.reload(Self.changed(proxy.server.snapshot.bootstrap, seconds: seconds))
        }
        let all = proxy.server.tables.clusters.all
        #expect(all.map(\.name) == ["app"])
        #expect(all.first?.counters.count == 1)
        #expect(all.first?.counters.first?.requests.current == 4)
        #expect(all.first?.counters.first?.members.current == 1)
    }

    @Test("A cluster that is gone has no endpoints")
    func gone() async throws {
        let proxy = try await ProxyHarness([1])
        var bootstrap = proxy.server.snapshot.bootstrap
        bootstrap.clusters.append(ClusterConfiguration(name: "other", connectTimeout: .seconds(1), endpoints: []))
        bootstrap.clusters[1].endpoints = bootstrap.clusters[0].endpoints
        try await proxy.server.reload(bootstrap)
        #expect(proxy.server.tables.clusters.all.last?.counters.first?.members.current == 1)
        bootstrap.clusters.removeLast()
        try await proxy.server.reload(bootstrap)
        #expect(proxy.server.tables.clusters.all.last?.name == "other")
        #expect(proxy.server.tables.clusters.all.last?.counters.first?.members.current == 0)
    }

    @Test("The application is asked for where its name leads")
    func name() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness([app.port])
        #expect(await proxy.server.isApplicationReachable())
        var bootstrap = proxy.server.snapshot.bootstrap
        bootstrap.clusters[0].discovery = .strictDNS
        bootstrap.clusters[0].dns.family = .v4Only
        bootstrap.clusters[0].endpoints[0].address.host = "localhost"
        try await proxy.server.reload(bootstrap)
        #expect(try await ProxyHarness.eventually { await proxy.server.isApplicationReachable() })
        await app.stop()
        #expect(try await ProxyHarness.eventually { await !proxy.server.isApplicationReachable() })
    }

    private static func changed(_ bootstrap: Bootstrap, seconds: Int) -> Bootstrap {
        var bootstrap = bootstrap
        bootstrap.clusters[0].connectTimeout = .seconds(seconds)
        return bootstrap
    }
}
