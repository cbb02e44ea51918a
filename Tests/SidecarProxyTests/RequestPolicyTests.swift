import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("What a connection manager asks of requests")
struct RequestPolicyTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    @Test(
        "Headers with an underscore stay, go, or are refused",
        arguments: [
            (.allow, "HTTP/1.1 200 ", true), (.dropHeader, "HTTP/1.1 200 ", false),
            (.rejectRequest, "HTTP/1.1 400 ", nil),
        ] as [(HTTPOptions.UnderscoreAction, String, Bool?)]
    )
    func underscores(_ action: HTTPOptions.UnderscoreAction, _ status: String, _ isSeen: Bool?) async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port]) { $0.options.underscores = action }
        #expect(try proxy.get("/", "x_mine: 1\r\n").hasPrefix(status))
        #expect(app.requests.last?.text.contains("x_mine: 1") == isSeen)
    }

    @Test("More headers than max_headers_count, or more bytes than max_request_headers_kb, are 431")
    func limits() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port]) {
            $0.options.maxHeadersCount = 4
            $0.maxRequestHeadersKiB = 1
        }
        #expect(try proxy.get("/", "a: 1\r\nb: 2\r\n").hasPrefix("HTTP/1.1 200 "))
        #expect(try proxy.get("/", "a: 1\r\nb: 2\r\nc: 3\r\n").hasPrefix("HTTP/1.1 431 "))
        #expect(try proxy.get("/", "a: \(String(repeating: "x", count: 1024))\r\n").hasPrefix("HTTP/1.1 431 "))
    }

    @Test(
        "A WebSocket is had unless the manager or the route says no; the route's word counts",
        arguments: [
            ([], [], true), ([UpgradeConfiguration(.webSocket, isEnabled: false)], [], false),
            ([], [UpgradeConfiguration(.webSocket, isEnabled: false)], false),
            ([UpgradeConfiguration(.webSocket, isEnabled: false)], [UpgradeConfiguration(.webSocket)], true),
        ] as [([UpgradeConfiguration], [UpgradeConfiguration], Bool)]
    )
    func upgrades(_ ofManager: [UpgradeConfiguration], _ ofRoute: [UpgradeConfiguration], _ isHad: Bool) async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port]) {
            $0.upgrades = ofManager
            var action = ForwardAction(cluster: "app")
            action.upgrades = ofRoute
            $0.routes.virtualHosts[0].routes = [Route(match: .prefix("/"), action: .forward(action))]
        }
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        _ = try client.receive(until: "\r\n\r\n")
        #expect(app.requests.last?.text.contains("upgrade: websocket") == isHad)
    }

    @Test("A cluster is counted under its other name, where it has one")
    func statName() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        #expect(proxy.server.tables.clusters.all.map(\.name) == ["app"])
        var bootstrap = proxy.server.snapshot.bootstrap
        bootstrap.clusters[0].statName = "orders"
        try await proxy.server.reload(bootstrap)
        #expect(proxy.server.tables.clusters.all.map(\.name) == ["app", "orders"])
    }
}
