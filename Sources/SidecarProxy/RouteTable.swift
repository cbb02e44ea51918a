import HTTP1
import NIOCore
import ProxyConfiguration

/// The routes of one connection manager, prepared for matching on bytes.
///
/// | the request's host | virtual host taken |
/// |---|---|
/// | equal to a domain | that one |
/// | ends like `*suffix` | the longest such |
/// | begins like `prefix*` | the longest such |
/// | anything else | the one with `*`, if any |
///
/// Hosts are compared without regard to letter case, the port included, as Envoy does. Of a virtual host's routes the
/// first that matches the path without its query is taken.
struct RouteTable: Sendable {
    /// A route with its cluster as an index.
    struct Entry: Sendable {
        enum Action: Sendable {
            case forward(cluster: ClusterReference, ForwardPlan, rewrite: [UInt8]?)
            case respond(LocalReplyText)
        }
        let isPrefix: Bool
        let path: [UInt8]
        let action: Action
    }

    /// The status and body of a `direct_response`.
    struct LocalReplyText: Sendable {
        let status: Int
        let body: String
    }

    private struct Domain: Sendable {
        let text: [UInt8]
        let host: Int
    }

    private var exact: [Domain] = []
    private var suffixes: [Domain] = []
    private var prefixes: [Domain] = []
    private var standard: Int?
    private var hosts: [[Entry]] = []

    /// Prepares the virtual hosts of a checked configuration, whose cluster names are `clusters`.
    init(_ virtualHosts: [VirtualHost], clusters: [String]) {
        for (index, host) in virtualHosts.enumerated() {
            hosts.append(host.routes.compactMap { Self.entry($0, host, clusters) })
            for domain in host.domains {
                let text = Array(domain.lowercased().utf8)
                if domain == "*" {
                    standard = index
                } else if text.first == UInt8(ascii: "*") {
                    suffixes.append(Domain(text: Array(text.dropFirst()), host: index))
                } else if text.last == UInt8(ascii: "*") {
                    prefixes.append(Domain(text: Array(text.dropLast()), host: index))
                } else {
                    exact.append(Domain(text: text, host: index))
                }
            }
        }
        suffixes.sort { $0.text.count > $1.text.count }
        prefixes.sort { $0.text.count > $1.text.count }
    }

    /// The route of a request, or nil when none matches.
    func match(host: Span<UInt8>, path: Span<UInt8>) -> Entry? {
        guard let index = virtualHost(host), hosts.indices.contains(index) else { return nil }
        let query = path.indices.first { path[$0] == UInt8(ascii: "?") } ?? path.count
        for entry in hosts[index] {
            let length = entry.path.count
            guard entry.isPrefix ? length <= query : length == query else { continue }
            if Self.matches(path, at: 0, entry.path) { return entry }
        }
        return nil
    }

    private func virtualHost(_ host: Span<UInt8>) -> Int? {
        for domain in exact where domain.text.count == host.count && Self.folds(host, at: 0, domain.text) {
            return domain.host
        }
        // A wildcard stands for at least one byte.
        for domain in suffixes where domain.text.count < host.count {
            if Self.folds(host, at: host.count - domain.text.count, domain.text) { return domain.host }
        }
        for domain in prefixes where domain.text.count < host.count && Self.folds(host, at: 0, domain.text) {
            return domain.host
        }
        return standard
    }

    private static func entry(_ route: Route, _ host: VirtualHost, _ clusters: [String]) -> Entry? {
        let isPrefix: Bool
        let path: [UInt8]
        switch route.match.path {
        case .prefix(let prefix): (isPrefix, path) = (true, Array(prefix.utf8))
        case .path(let text): (isPrefix, path) = (false, Array(text.utf8))
        case .separatedPrefix, .regex: return nil
        }
        switch route.action {
        case .respond(let status, let body):
            let text = LocalReplyText(status: status, body: body)
            return Entry(isPrefix: isPrefix, path: path, action: .respond(text))
        case .redirect: return nil
        case .forward(let forward):
            guard case .cluster(let name) = forward.target, let cluster = clusters.firstIndex(of: name) else {
                return nil
            }
            var rewrite: [UInt8]?
            if case .prefix(let text)? = forward.pathRewrite { rewrite = Array(text.utf8) }
            let reference = ClusterReference(index: cluster, name: name)
            let action = Entry.Action.forward(
                cluster: reference,
                ForwardPlan(forward, route.name, host),
                rewrite: rewrite
            )
            return Entry(isPrefix: isPrefix, path: path, action: action)
        }
    }

    private static func matches(_ bytes: Span<UInt8>, at start: Int, _ text: [UInt8]) -> Bool {
        for offset in text.indices where bytes[start + offset] != text[offset] { return false }
        return true
    }

    private static func folds(_ bytes: Span<UInt8>, at start: Int, _ text: [UInt8]) -> Bool {
        for offset in text.indices {
            let byte = bytes[start + offset]
            let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
            guard folded == text[offset] else { return false }
        }
        return true
    }
}
