public import HTTP1
public import ProxyConfiguration

/// The routes of one connection manager, prepared for matching on bytes.
///
/// The virtual host is found by the request's host, then its first route whose conditions all hold is taken. Routes
/// that look at the path only, but for large expressions, are matched without allocating.
public final class RoutingTable: Sendable {
    /// What becomes of a request.
    public enum Decision: Sendable {
        /// A route takes it.
        case route(CompiledRoute)
        /// `require_tls`: it is sent to the same place with https.
        case secure
        /// No virtual host, or none of its routes.
        case none
    }

    /// All routes in the order of the file, each at its number.
    public let routes: [CompiledRoute]

    private let domains: DomainTable
    private let hosts: [[CompiledRoute]]
    private let requirements: [VirtualHost.TLSRequirement]

    /// Prepares a checked route table.
    public init(_ configuration: RouteConfiguration) {
        var all: [CompiledRoute] = []
        hosts = configuration.virtualHosts.map { host in
            host.routes.map { route in
                let compiled = CompiledRoute(route, number: all.count, virtualHost: host, table: configuration)
                all.append(compiled)
                return compiled
            }
        }
        routes = all
        requirements = configuration.virtualHosts.map(\.requiresTLS)
        domains = DomainTable(configuration.virtualHosts, ignoresPort: configuration.ignoresPort)
    }

    /// Finds the route of a request.
    ///
    /// - Parameters:
    ///   - head: The head.
    ///   - bytes: The bytes that it was read from.
    ///   - target: Its path and query after normalization.
    ///   - facts: What else is looked at.
    /// - Returns: What becomes of it.
    public func decide(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        target: Span<UInt8>,
        _ facts: RequestFacts
    ) -> Decision {
        guard let host = domains.host(for: bytes.extracting(head.authority.offsets)) else { return .none }
        if !facts.isSecure, requirements[host] != .none { return .secure }
        let end = target.pathEnd
        for route in hosts[host] where route.matches(head, bytes, target: target, end: end, facts) {
            return .route(route)
        }
        return .none
    }
}
