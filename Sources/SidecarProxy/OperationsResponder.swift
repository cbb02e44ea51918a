import JSON
import NIOCore
import NIOHTTP1
import Observability
import ServerCore
import ServerHTTP

/// Answers on the health, metrics and admin ports.
///
/// | path | method | ports |
/// |---|---|---|
/// | `/ready` | GET | all |
/// | `/livez` | GET | health, admin |
/// | `/stats/prometheus`, `/metrics` | GET | metrics, admin |
/// | `/stats`, `/clusters`, `/listeners`, `/certs`, `/config_dump`, `/why`, `/server_info`, `/help` | GET | admin |
/// | `/healthcheck/fail`, `/healthcheck/ok`, `/drain_listeners`, `/quitquitquit` | POST | admin |
///
/// Everything that changes something is POST only, and wants a Host that is an IP address or `localhost`, so that no
/// web page can reach it through a name that resolves to the loopback address.
struct OperationsResponder: HTTPResponder {
    /// Which port the responder serves.
    enum Role: Sendable {
        case health
        case metrics
        case admin
    }

    private let server: ProxyServer
    private let metrics: ProxyMetrics
    private let quit: @Sendable () -> Void
    private var role = Role.health

    init(server: ProxyServer, quit: @escaping @Sendable () -> Void) {
        self.server = server
        self.quit = quit
        metrics = ProxyMetrics(server: server)
    }

    /// The same for another port.
    func playing(_ role: Role) -> OperationsResponder {
        var other = self
        other.role = role
        return other
    }

    func respond(to request: HTTPRequest, on eventLoop: any EventLoop) -> HTTPOutcome {
        switch request.method {
        case .GET where role == .admin && request.path == "/clusters", .HEAD where request.path == "/clusters":
            .later(clusters(on: eventLoop))
        case .GET, .HEAD: .now(get(request))
        case .POST where role == .admin: .now(post(request))
        default: .now(.text(.methodNotAllowed, "method not allowed"))
        }
    }

    private func get(_ request: HTTPRequest) -> HTTPResponse {
        switch (role, request.path) {
        case (_, "/ready"): ready()
        case (.health, "/livez"), (.admin, "/livez"): .text(.ok, "LIVE")
        case (.metrics, "/stats/prometheus"), (.metrics, "/metrics"), (.admin, "/stats/prometheus"):
            HTTPResponse(
                status: .ok,
                contentType: Exposition.contentType,
                body: ByteBuffer(bytes: metrics.exposition())
            )
        case (.admin, "/stats"): .text(.ok, stats(request.query ?? ""))
        case (.admin, "/listeners"): .text(.ok, AdminPages(server).listeners())
        case (.admin, "/certs"): Self.json(AdminPages(server).certificates())
        case (.admin, "/why"): Self.json(AdminPages(server).failures())
        case (.admin, "/config_dump"): Self.json(AdminPages(server).configuration())
        case (.admin, "/server_info"):
            HTTPResponse(
                status: .ok,
                contentType: "application/json",
                body: ByteBuffer(string: "{\"version\":\"\(server.settings.version)\",\"state\":\"\(stateName)\"}\n")
            )
        case (.admin, "/"), (.admin, "/help"): .text(.ok, Self.help)
        case (.admin, let path) where Self.changes.contains(path):
            .text(.methodNotAllowed, "\(path) changes something: use POST")
        default: .text(.notFound, "no such page")
        }
    }

    private func post(_ request: HTTPRequest) -> HTTPResponse {
        guard Self.isLocal(request.headers.first(name: "host") ?? "") else {
            return .text(.forbidden, "the Host must be localhost or an IP address")
        }
        switch request.path {
        case "/healthcheck/fail": server.health.isFailed = true
        case "/healthcheck/ok": server.health.isFailed = false
        case "/drain_listeners": server.beginDrain()
        case "/quitquitquit": quit()
        default: return .text(.notFound, "no such page")
        }
        return .text(.ok, "OK")
    }

    private func clusters(on eventLoop: any EventLoop) -> EventLoopFuture<HTTPResponse> {
        let server = server
        return eventLoop.makeFutureWithTask { .text(.ok, await AdminPages(server).clusters()) }
    }

    private func stats(_ query: String) -> String {
        var filter = ""
        var usedOnly = false
        for part in query.split(separator: "&") {
            if part == "usedonly" { usedOnly = true }
            if part.hasPrefix("filter=") { filter = String(part.dropFirst(7)) }
        }
        return StatsText.lines(metrics.exposition(), filter: filter, usedOnly: usedOnly)
    }

    private static func json(_ value: JSONValue) -> HTTPResponse {
        HTTPResponse(
            status: .ok,
            contentType: "application/json",
            body: ByteBuffer(bytes: JSONWriter.pretty(value))
        )
    }

    private func ready() -> HTTPResponse {
        let isReady = server.state.isReady && !server.health.isFailed
        return .text(isReady ? .ok : .serviceUnavailable, isReady ? "LIVE" : stateName)
    }

    private var stateName: String {
        switch server.state.phase {
        case .starting: "PRE_INITIALIZING"
        case .ready: server.health.isFailed ? "FAILED" : "LIVE"
        case .draining, .refusing, .stopped: "DRAINING"
        }
    }

    private static let changes = ["/healthcheck/fail", "/healthcheck/ok", "/drain_listeners", "/quitquitquit"]
    private static let help = """
        GET  /ready /livez /stats[?usedonly&filter=TEXT] /stats/prometheus /clusters /listeners /certs /config_dump
             /server_info /why /help
        POST /healthcheck/fail /healthcheck/ok /drain_listeners /quitquitquit
        """

    /// Whether `host` is `localhost` or an IP address, with or without a port; IPv6 stands in brackets.
    static func isLocal(_ host: String) -> Bool {
        var name = host[...]
        if name.first == "[" {
            guard let end = name.firstIndex(of: "]") else { return false }
            let rest = name[name.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" && rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { return false }
            name = name[name.index(after: name.startIndex)..<end]
        } else {
            name = name.prefix { $0 != ":" }
        }
        return name == "localhost" || (try? SocketAddress(ipAddress: String(name), port: 0)) != nil
    }
}
