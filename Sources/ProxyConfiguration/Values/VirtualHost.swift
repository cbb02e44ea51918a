/// The routes of some domains: `route.v3.VirtualHost`.
public struct VirtualHost: Sendable, Equatable {
    /// When plain HTTP is answered with a redirect to https: `require_tls`.
    public enum TLSRequirement: String, Sendable, CaseIterable {
        /// Never.
        case none = "NONE"
        /// When the request came from outside; here as from everywhere.
        case externalOnly = "EXTERNAL_ONLY"
        /// Always.
        case all = "ALL"
    }

    /// `name`, in logs.
    public var name: String
    /// `domains`: exact domains, `*.suffix`, `prefix.*`, or `*` for all.
    public var domains: [String]
    /// `routes`; the first that matches is taken.
    public var routes: [Route]
    /// `require_tls` (NONE).
    public var requiresTLS = TLSRequirement.none
    /// Header changes for all requests of the domains.
    public var headers = HeaderMutations()
    /// `retry_policy`, for routes without their own.
    public var retryPolicy: RetryPolicy?
    /// `include_request_attempt_count`: whether the upstream gets `x-envoy-attempt-count` (false).
    public var includesRequestAttemptCount = false
    /// `include_attempt_count_in_response`: whether the client gets `x-envoy-attempt-count` (false).
    public var includesAttemptCountInResponse = false

    /// Makes a virtual host.
    public init(name: String, domains: [String], routes: [Route]) {
        self.name = name
        self.domains = domains
        self.routes = routes
    }
}
