/// The other place that a request is sent to: `route.v3.RedirectAction`.
public struct RedirectAction: Sendable, Equatable {
    /// What replaces the path.
    public enum Path: Sendable, Hashable {
        /// The path and query stay.
        case kept
        /// `path_redirect`: this replaces the path, and the query too when it has one of its own.
        case replaced(String)
        /// `prefix_rewrite`: this replaces the matched prefix.
        case prefix(String)
        /// `regex_rewrite`: this replaces parts of the path.
        case regex(RegexRewrite)
    }

    /// `scheme_redirect`, or "https" for `https_redirect`; nil keeps the scheme.
    public var scheme: String?
    /// `host_redirect`, or nil.
    public var host: String?
    /// `port_redirect`, or nil.
    ///
    /// Where the scheme changes and no port is given, a port 80 or 443 in the request's host goes.
    public var port: UInt16?
    /// The new path.
    public var path = Path.kept
    /// `response_code`: 301 (MOVED_PERMANENTLY, the default), 302, 303, 307 or 308.
    public var status = 301
    /// `strip_query`: whether the query is left out (false).
    public var stripsQuery = false

    /// Makes a redirect to the same place.
    public init() {}
}
