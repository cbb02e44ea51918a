import JSON
import Logging
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
/// | those of ``AdminPage`` | GET, or POST alone where something is changed | admin |
///
/// What changes something wants a Host that is an IP address or `localhost`, so that no web page can reach it through a
/// name that resolves to the loopback address.
struct OperationsResponder: HTTPResponder {
    /// Which port the responder serves.
    enum Role: Sendable {
        case health
        case metrics
        case admin
    }

    let server: ProxyServer
    let metrics: ProxyMetrics
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
        let isRead = request.method == .GET || request.method == .HEAD
        guard isRead || request.method == .POST && role == .admin else {
            return .now(Self.refused(request.method, allow: role == .admin ? "GET, HEAD, POST" : "GET, HEAD"))
        }
        guard let page = AdminPage(path: request.path), isServed(page) else {
            let help = role == .admin ? "invalid path. \(AdminPage.commands)" : "no such page"
            return .now(Self.text(.notFound, help))
        }
        if page == .clusters { return .later(clusters(AdminQuery(request.query), on: eventLoop)) }
        if page.isChange {
            guard !isRead else { return .now(Self.refused(request.method, allow: "POST")) }
            guard Self.isLocal(request.headers.first(name: "host") ?? "") else {
                return .now(Self.text(.forbidden, "the Host must be localhost or an IP address"))
            }
            return .now(change(page, AdminQuery(request.query)))
        }
        return .now(show(page, AdminQuery(request.query)))
    }

    private func isServed(_ page: AdminPage) -> Bool {
        switch (role, page) {
        case (.admin, _), (_, .ready), (.health, .live), (.metrics, .prometheus): true
        default: false
        }
    }

    private func change(_ page: AdminPage, _ query: AdminQuery) -> HTTPResponse {
        switch page {
        case .failHealth: server.health.isFailed = true
        case .passHealth: server.health.isFailed = false
        case .drain: server.beginDrain()
        case .logging: return changeLevel(query["level"])
        default: quit()
        }
        return Self.text(.ok, "OK")
    }

    private func changeLevel(_ text: String?) -> HTTPResponse {
        guard let threshold = server.settings.logThreshold else {
            return Self.text(.notFound, "this log has one level")
        }
        if let text {
            guard let level = LogThreshold.level(named: text) else {
                let levels = LogThreshold.names.joined(separator: " ")
                return Self.text(.badRequest, "error: unknown logger level\n\nlevels: \(levels)")
            }
            server.logger.notice("the level of the log changes", metadata: ["to": "\(level)"])
            threshold.level = level
        }
        return Self.text(.ok, "active loggers:\n  pillion-proxy: \(threshold.level)")
    }

    private func clusters(_ query: AdminQuery, on eventLoop: any EventLoop) -> EventLoopFuture<HTTPResponse> {
        let server = server
        return eventLoop.makeFutureWithTask {
            let clusters = await AdminPages(server).clusters()
            guard query["format"] == "json" else { return Self.lines(clusters.map(\.lines).joined()) }
            return Self.json(["cluster_statuses": .array(clusters.map(\.json))])
        }
    }

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
