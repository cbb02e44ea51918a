/// Limits of HTTP connections on either side: `core.v3.HttpProtocolOptions`.
public struct HTTPOptions: Sendable, Hashable {
    /// What happens to headers whose names have an underscore: `headers_with_underscores_action`.
    public enum UnderscoreAction: String, Sendable, CaseIterable {
        /// They stay; those that could be taken for a framing header never do.
        case allow = "ALLOW"
        /// The request is answered with 400.
        case rejectRequest = "REJECT_REQUEST"
        /// They go.
        case dropHeader = "DROP_HEADER"
    }

    /// `idle_timeout` (1 h; 3 s toward an application where nothing is said): without a request; nil for none.
    public var idleTimeout = TimeoutOverride.inherited
    /// `max_connection_duration`, after which a client's connection is drained; nil, the default, for none.
    public var maxConnectionDuration: Duration?
    /// `max_requests_per_connection`, after which a client's connection is drained; nil, the default, for none.
    public var maxRequestsPerConnection: Int?
    /// `max_headers_count` (100).
    public var maxHeadersCount = 100
    /// `max_stream_duration` of a request and its response; nil, the default, for none.
    public var maxStreamDuration: Duration?
    /// `headers_with_underscores_action` (ALLOW); only from clients.
    public var underscores = UnderscoreAction.allow

    /// Makes the default values.
    public init() {}
}
