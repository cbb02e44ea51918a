/// The routes of some domains: `route.v3.VirtualHost`.
public struct VirtualHost: Sendable, Equatable {
    /// The name, in logs.
    public var name: String
    /// Exact domains, `*.suffix`, `prefix.*`, or `*` for all.
    public var domains: [String]
    /// The routes; the first that matches is taken.
    public var routes: [RouteConfiguration]

    /// Makes a virtual host.
    public init(name: String, domains: [String], routes: [RouteConfiguration]) {
        self.name = name
        self.domains = domains
        self.routes = routes
    }
}
