import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Peers of HTTP/2 that acknowledge PINGs, and peers that do not", .serialized)
struct KeepaliveTests {
    /// A PING every few milliseconds, and as long for an answer as the peer may need.
    private static func settings(timeout: Duration) -> KeepaliveSettings {
        var settings = KeepaliveSettings(timeout: timeout)
        settings.interval = .milliseconds(5)
        return settings
    }

    /// A proxy in front of an application of HTTP/2.
    private static func proxy(
        _ app: HTTP2Peer,
        _ settings: KeepaliveSettings,
        change: (inout HTTPConnectionManager) -> Void = { _ in }
    ) async throws -> ProxyHarness {
        try await ProxyHarness(
            [app.port],
            change: change,
            cluster: {
                $0.http.version = .http2
                $0.http.http2.connectionKeepalive = settings
            }
        )
    }

    @Test("A client that acknowledges stays, and is served")
    func client() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness(
            [app.port],
            change: { $0.http2.connectionKeepalive = Self.settings(timeout: .seconds(60)) }
        )
        let client = try await HTTP2Peer.client(port: proxy.port)
        #expect(try await ProxyHarness.eventually { client.pings >= 5 && client.answers == 1 })
        #expect(client.closed == 0)
        await client.stop()
    }

    @Test("A client that does not acknowledge is cut off, and nobody works for it any more")
    func deafClient() async throws {
        let app = try await ScriptedUpstream { _ in .silence }
        let proxy = try await ProxyHarness(
            [app.port],
            change: { $0.http2.connectionKeepalive = Self.settings(timeout: .milliseconds(50)) }
        )
        let client = try await HTTP2Peer.client(port: proxy.port, isDeaf: true)
        #expect(try await ProxyHarness.eventually { client.closed == 1 && app.connections == app.closed })
        #expect(client.pings == 1 && client.answers == 0)
    }

    @Test("Without the option no client is asked")
    func unasked() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness(
            [app.port],
            change: { $0.http2.connectionKeepalive = KeepaliveSettings(timeout: .milliseconds(1)) }
        )
        let client = try await HTTP2Peer.client(port: proxy.port)
        #expect(try await ProxyHarness.eventually { client.answers == 1 })
        #expect(client.pings == 0 && client.closed == 0)
        await client.stop()
    }

    @Test("An endpoint that acknowledges keeps its connection")
    func endpoint() async throws {
        let app = try await HTTP2Peer.application()
        let proxy = try await Self.proxy(app, Self.settings(timeout: .seconds(60)))
        #expect(try proxy.get("/").hasPrefix("HTTP/1.1 200"))
        #expect(try await ProxyHarness.eventually { app.pings >= 5 })
        #expect(try proxy.get("/").hasPrefix("HTTP/1.1 200"))
        #expect(app.connections == 1 && app.closed == 0)
        await app.stop()
    }

    @Test("An endpoint that does not acknowledge is left, and its requests fail")
    func deafEndpoint() async throws {
        let app = try await HTTP2Peer.application(isDeaf: true)
        let proxy = try await Self.proxy(app, Self.settings(timeout: .milliseconds(50)))
        let answer = try proxy.get("/")
        #expect(answer.hasPrefix("HTTP/1.1 503") && answer.contains("UC: app did not acknowledge a PING in time"))
        #expect(try await ProxyHarness.eventually { app.closed == 1 })
        #expect(app.connections == 1 && app.pings == 1)
        await app.stop()
    }

    @Test("A connection that was silent is asked with the next request only")
    func silence() async throws {
        let app = try await HTTP2Peer.application()
        var settings = KeepaliveSettings(timeout: .seconds(60))
        settings.connectionIdleInterval = .milliseconds(2)
        let proxy = try await Self.proxy(app, settings)
        #expect(
            try await ProxyHarness.eventually {
                (try? proxy.get("/").hasPrefix("HTTP/1.1 200")) == true && app.pings > 0
            }
        )
        #expect(app.connections == 1 && app.closed == 0)
        await app.stop()
    }

    @Test("A connection that was silent and stays so is closed")
    func deafSilence() async throws {
        let app = try await HTTP2Peer.application(isDeaf: true)
        var settings = KeepaliveSettings(timeout: .milliseconds(50))
        settings.connectionIdleInterval = .milliseconds(2)
        // The first request has a new connection: nothing but a timeout ends it, unless the machine took so long to send
        // it that the connection had been silent by then.
        let proxy = try await Self.proxy(app, settings) { $0.streamIdleTimeout = .milliseconds(300) }
        let request = "POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        let first = try proxy.exchange(request)
        #expect(first.hasPrefix("HTTP/1.1 504") || first.contains("did not acknowledge a PING in time"))
        #expect(
            try await ProxyHarness.eventually {
                (try? proxy.exchange(request).contains("did not acknowledge a PING in time")) == true
            }
        )
        #expect(try await ProxyHarness.eventually { app.closed > 0 })
        await app.stop()
    }
}
