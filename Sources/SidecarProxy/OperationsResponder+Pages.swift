import AccessLog
import JSON
import NIOCore
import NIOHTTP1
import Observability
import ProxyConfiguration
import RegularExpressions
import ServerCore
import ServerHTTP

extension OperationsResponder {
    /// A page that changes nothing.
    func show(_ page: AdminPage, _ query: AdminQuery) -> HTTPResponse {
        let pages = AdminPages(server)
        let isJSON = query["format"] == "json"
        switch page {
        case .ready:
            let isReady = server.state.isReady && !server.health.isFailed
            return Self.text(isReady ? .ok : .serviceUnavailable, isReady ? "LIVE" : stateName)
        case .live: return Self.text(.ok, "LIVE")
        case .prometheus: return exposition()
        case .statistics: return statistics(query)
        case .listeners:
            let listeners = pages.listeners()
            guard isJSON else { return Self.lines(listeners.map { "\($0.name)::\($0.address)\n" }.joined()) }
            let list = listeners.map { listener -> JSONValue in
                ["name": .string(listener.name), "local_address": Bootstrap.json(listener.address)]
            }
            return Self.json(["listener_statuses": .array(list)])
        case .certificates: return Self.json(pages.certificates())
        case .memory: return Self.json(pages.memory())
        case .server: return Self.json(pages.information(state: stateName))
        case .why:
            let failures = pages.failures()
            if isJSON { return Self.json(["failures": .array(failures.map(\.json))]) }
            return Self.lines(
                failures.isEmpty ? "no request has failed\n" : failures.map(\.text).joined(separator: "\n")
            )
        case .configuration:
            let resource = query["resource"]
            guard let dump = ConfigurationDump(server.snapshot).json(resource: resource) else {
                return Self.text(.notFound, "\(resource ?? "") not found in config dump")
            }
            return Self.json(dump)
        default: return Self.text(.ok, AdminPage.commands)
        }
    }

    private func exposition() -> HTTPResponse {
        Self.page(.ok, Exposition.contentType, ByteBuffer(bytes: metrics.exposition()))
    }

    private func statistics(_ query: AdminQuery) -> HTTPResponse {
        if query["format"] == "prometheus" { return exposition() }
        do {
            let text = try StatsText(
                metrics.exposition(),
                filter: query["filter"] ?? "",
                usedOnly: query["usedonly"] != nil
            )
            return query["format"] == "json" ? Self.json(text.json) : Self.lines(text.lines)
        } catch {
            return Self.text(.badRequest, "Invalid regex: \"\(error.reason)\"")
        }
    }

    private var stateName: String {
        switch server.state.phase {
        case .starting: "PRE_INITIALIZING"
        case .ready: server.health.isFailed ? "DRAINING" : "LIVE"
        case .draining, .refusing, .stopped: "DRAINING"
        }
    }

    /// A method that a page does not have.
    static func refused(_ method: HTTPMethod, allow: String) -> HTTPResponse {
        var response = text(.methodNotAllowed, "Method \(method.rawValue) not allowed, \(allow) required.")
        response.headers.append(.init("allow", allow))
        return response
    }

    /// A reply of one line.
    static func text(_ status: HTTPResponseStatus, _ text: String) -> HTTPResponse {
        page(status, "text/plain; charset=UTF-8", ByteBuffer(string: text + "\n"))
    }

    /// A reply of several lines, each with its end.
    static func lines(_ text: String) -> HTTPResponse {
        page(.ok, "text/plain; charset=UTF-8", ByteBuffer(string: text))
    }

    /// A reply in JSON.
    static func json(_ value: JSONValue) -> HTTPResponse {
        page(.ok, "application/json", ByteBuffer(bytes: JSONWriter.pretty(value) + [0x0A]))
    }

    private static func page(_ status: HTTPResponseStatus, _ type: String, _ body: ByteBuffer) -> HTTPResponse {
        let headers: [HTTPResponse.Header] = [
            .init("content-type", type), .init("cache-control", "no-cache, max-age=0"),
            .init("x-content-type-options", "nosniff"),
        ]
        return HTTPResponse(status: status, headers: headers, body: body)
    }
}
