/// Which requests a route takes: `route.v3.RouteMatch`; all conditions must hold.
public struct RouteMatch: Sendable, Equatable {
    /// The condition on the path.
    public var path: PathMatch
    /// `path_match_policy`: the template that `path` was made from; nil where there is none.
    public var template: PathTemplate?
    /// `case_sensitive` (true); no effect on an expression.
    public var isCaseSensitive = true
    /// `headers`: all must match.
    public var headers: [HeaderMatcher] = []
    /// `query_parameters`: all must match.
    public var queryParameters: [QueryParameterMatcher] = []
    /// `cookies`: all must match.
    public var cookies: [CookieMatcher] = []
    /// `tls_context.presented`: whether the client showed a certificate; nil where it does not matter.
    public var presentsCertificate: Bool?
    /// `tls_context.validated`: whether the client's certificate was verified; nil where it does not matter.
    public var hasValidCertificate: Bool?
    /// `grpc`: only requests whose `content-type` is gRPC's.
    public var requiresGRPC = false
    /// `runtime_fraction`: the share of requests that are taken, or nil for all.
    public var fraction: RequestFraction?

    /// Makes a match on the path alone.
    public init(_ path: PathMatch) {
        self.path = path
    }

    /// Requests whose path begins so.
    public static func prefix(_ prefix: String) -> RouteMatch { RouteMatch(.prefix(prefix)) }
    /// Requests of this path.
    public static func path(_ path: String) -> RouteMatch { RouteMatch(.path(path)) }
}

/// The part of a match that looks at the path; the query is no part of it.
public enum PathMatch: Sendable, Hashable {
    /// `prefix`: the path begins with these bytes.
    case prefix(String)
    /// `path`: the path is these bytes.
    case path(String)
    /// `path_separated_prefix`: the path is these bytes or begins with them and a `/`; they do not end in `/`.
    case separatedPrefix(String)
    /// `safe_regex`: an RE2 expression matches the whole path; it is sound.
    case regex(String)
}
