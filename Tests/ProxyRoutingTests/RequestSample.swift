import HTTP1
import ProxyConfiguration

@testable import ProxyRouting

/// A request as it is read from the wire.
struct RequestSample {
    let head: RequestHead
    let bytes: [UInt8]
    let target: [UInt8]

    init(_ target: String, host: String = "a.example", method: String = "GET", _ headers: [String] = []) throws {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: \(host)"] + headers
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        var parser = RequestParser()
        guard try parser.parse(bytes.span) else { throw Incomplete() }
        self.bytes = bytes
        let head = parser.head
        self.head = head
        self.target = Array(bytes[head.path.offsets])
    }

    struct Incomplete: Error {}

    /// The name of the route that takes the request; `-` for none and `tls` for `require_tls`.
    func route(in table: RoutingTable, _ facts: RequestFacts = RequestFacts()) -> String {
        switch table.decide(head, bytes.span, target: target.span, facts) {
        case .none: "-"
        case .secure: "tls"
        case .route(let route): route.name
        }
    }
}

extension RoutingTable {
    /// A table of one virtual host for all domains.
    convenience init(_ routes: [(name: String, match: RouteMatch)]) {
        self.init(routes.map { ($0.name, $0.match, .respond(status: 200, body: $0.name)) })
    }

    /// The same with actions.
    convenience init(_ routes: [(name: String, match: RouteMatch, action: RouteAction)]) {
        let all = routes.map { entry in
            var route = Route(match: entry.match, action: entry.action)
            route.name = entry.name
            return route
        }
        self.init(RouteConfiguration(virtualHosts: [VirtualHost(name: "all", domains: ["*"], routes: all)]))
    }
}
