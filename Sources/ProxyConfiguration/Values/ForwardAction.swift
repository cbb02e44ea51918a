/// How a request is forwarded: `route.v3.RouteAction`.
public struct ForwardAction: Sendable, Equatable {
    /// What happens to the path: `prefix_rewrite` and `regex_rewrite`.
    public enum PathRewrite: Sendable, Hashable {
        /// `prefix_rewrite`: this replaces the matched prefix or path.
        case prefix(String)
        /// `regex_rewrite`: this replaces parts of the path; the query stays.
        case regex(RegexRewrite)
    }

    /// What `host` becomes: `host_rewrite_specifier`.
    public enum HostRewrite: Sendable, Hashable {
        /// `host_rewrite_literal`.
        case literal(String)
        /// `auto_host_rewrite`: the endpoint's name, if it has one; in clusters STRICT_DNS and LOGICAL_DNS all have.
        case automatic
        /// `host_rewrite_header`: the value of this header, if it is there and not empty; in lower case.
        case header(String)
        /// `host_rewrite_path_regex`: the path without its query, after this replacement.
        case pathRegex(RegexRewrite)
    }

    /// Where the request goes.
    public var target: ClusterTarget
    /// `cluster_not_found_response_code`: 503 (the default), 404 or 500, where `cluster_header` names no cluster.
    public var clusterNotFoundStatus = 503
    /// `timeout`: from the end of the request to the end of the response, retries included; nil for as long as it
    /// takes.
    ///
    /// That is the default, unlike Envoy's 15 s. Not in force beside ``maxStreamDuration``.
    public var timeout: Duration?
    /// `max_grpc_timeout` and `grpc_timeout_offset`: how `grpc-timeout` takes the place of `timeout` for calls of gRPC.
    ///
    /// Not in force beside ``maxStreamDuration``.
    public var grpcTimeout = GRPCTimeoutLimit()
    /// `idle_timeout`: without a byte in either direction, instead of the manager's `stream_idle_timeout`.
    public var idleTimeout = TimeoutOverride.inherited
    /// `max_stream_duration`.
    public var maxStreamDuration: MaxStreamDuration?
    /// The new path, or nil to keep it.
    public var pathRewrite: PathRewrite?
    /// The new host, or nil to keep it.
    public var hostRewrite: HostRewrite?
    /// `append_x_forwarded_host`: whether the old host of a rewritten one is appended to `x-forwarded-host` (false).
    public var appendsForwardedHost = false
    /// `retry_policy`; nil means the virtual host's.
    public var retryPolicy: RetryPolicy?
    /// `hash_policy`, in order, for RING_HASH and MAGLEV.
    public var hashPolicies: [HashPolicy] = []
    /// `upgrade_configs`, which replace the manager's of the same kinds.
    public var upgrades: [UpgradeConfiguration] = []
    /// Whether clients may have WebSockets; nil where the route says nothing.
    public var allowsWebSocket: Bool? { upgrades.last { $0.kind == .webSocket }?.isEnabled }

    /// Makes an action toward one cluster.
    public init(cluster: String, timeout: Duration? = nil, prefixRewrite: String? = nil) {
        self.init(target: .cluster(cluster))
        self.timeout = timeout
        pathRewrite = prefixRewrite.map { .prefix($0) }
    }

    /// Makes an action.
    public init(target: ClusterTarget) {
        self.target = target
    }
}
