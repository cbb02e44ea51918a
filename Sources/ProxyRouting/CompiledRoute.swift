import HTTP1
public import ProxyConfiguration

/// One route, prepared once and shared by all requests that it takes.
public final class CompiledRoute: Sendable {
    /// What the route does.
    public enum Action: Sendable {
        /// Forwards the request.
        case forward(CompiledForward)
        /// Answers with another place.
        case redirect(CompiledRedirect)
        /// Answers with a status and a body.
        case respond(status: Int, body: String)
    }

    /// Its number among all routes of the table, in order.
    public let number: Int
    /// `name`; may be empty.
    public let name: String
    /// The virtual host that it belongs to.
    public let virtualHost: VirtualHost
    /// What it does.
    public let action: Action
    /// The header changes of the route, its virtual host and the table, in the order in which they are made.
    public let headers: HeaderPlan

    private let path: PathCondition
    private let headerConditions: [HeaderCondition]
    private let queryConditions: [QueryCondition]
    private let cookieConditions: [CookieCondition]
    private let presentsCertificate: Bool?
    private let hasValidCertificate: Bool?
    private let requiresGRPC: Bool
    private let fraction: RequestFraction?
    /// Whether the path is all that is looked at.
    private let isSimple: Bool

    init(_ route: Route, number: Int, virtualHost: VirtualHost, table: RouteConfiguration) {
        self.number = number
        self.virtualHost = virtualHost
        name = route.name
        path = PathCondition(route.match)
        headerConditions = route.match.headers.map { HeaderCondition($0) }
        queryConditions = route.match.queryParameters.map { QueryCondition($0) }
        cookieConditions = route.match.cookies.map { CookieCondition($0) }
        presentsCertificate = route.match.presentsCertificate
        hasValidCertificate = route.match.hasValidCertificate
        requiresGRPC = route.match.requiresGRPC
        fraction = route.match.fraction
        isSimple =
            headerConditions.isEmpty && queryConditions.isEmpty && cookieConditions.isEmpty && !requiresGRPC
            && presentsCertificate == nil && hasValidCertificate == nil && fraction == nil
        let layers = [route.headers, virtualHost.headers, table.headers]
        headers = HeaderPlan(table.mostSpecificHeadersWin ? layers.reversed() : layers)
        action =
            switch route.action {
            case .respond(let status, let body): .respond(status: status, body: body)
            case .redirect(let redirect): .redirect(CompiledRedirect(redirect))
            case .forward(let forward): .forward(CompiledForward(forward, virtualHost: virtualHost))
            }
    }

    /// Whether the route takes a request whose path ends at `end` of `target`, which is path and query.
    func matches(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        target: Span<UInt8>,
        end: Int,
        _ facts: RequestFacts
    ) -> Bool {
        guard path.matches(target, end: end) else { return false }
        guard !isSimple else { return true }
        if requiresGRPC, !head.isGRPC(bytes) { return false }
        if let fraction, facts.random % UInt64(max(fraction.denominator, 1)) >= UInt64(fraction.numerator) {
            return false
        }
        if let presentsCertificate, presentsCertificate != facts.presentsCertificate { return false }
        if let hasValidCertificate, hasValidCertificate != facts.hasValidCertificate { return false }
        for condition in headerConditions
        where !condition.holds(head, bytes, path: target, isSecure: facts.isSecure) {
            return false
        }
        for condition in queryConditions where !condition.holds(target, end: end) { return false }
        for condition in cookieConditions where !condition.holds(head, bytes) { return false }
        return true
    }

    /// How many bytes of a path of `end` bytes the route has matched, for `prefix_rewrite`.
    func matchedLength(end: Int) -> Int { path.matchedLength(end: end) }
}
