/// The HTTP side of a filter chain: `http_connection_manager.v3.HttpConnectionManager`.
public struct HTTPConnectionManager: Sendable, Equatable {
    /// `stat_prefix`: the name in metrics.
    public var statPrefix: String
    /// `codec_type` (AUTO).
    public var codec = HTTPCodec.automatic
    /// `route_config`.
    public var routes: RouteConfiguration
    /// `suppress_envoy_headers` of the router: whether no `x-envoy-*` headers are added (false).
    public var suppressesEnvoyHeaders = false
    /// `http_filters` in order; the last is always the router.
    public var filters: [HTTPFilter]
    /// `access_log`.
    public var accessLogs: [AccessLog] = []
    /// `upgrade_configs`; WebSocket is on where nothing is said, unlike Envoy.
    public var upgrades: [UpgradeConfiguration] = []

    /// `stream_idle_timeout` (5 min): a request's rest without a byte in either direction; nil for none.
    public var streamIdleTimeout: Duration? = .seconds(300)
    /// `request_timeout`: from a head's first byte to the end of the body; nil, the default, for none.
    public var requestTimeout: Duration?
    /// `request_headers_timeout`: from a head's first byte to its end (10 s, unlike Envoy's none); nil for none.
    public var requestHeadersTimeout: Duration? = .seconds(10)
    /// `drain_timeout` (1 s, unlike Envoy's 5): how long a connection that is idle or old still serves what crosses its
    /// end; of HTTP/2 between its two GOAWAY frames.
    public var drainTimeout = Duration.seconds(1)
    /// `delayed_close_timeout` (1 s): how long a closing connection is still read; nil for not at all.
    public var delayedCloseTimeout: Duration? = .seconds(1)
    /// `common_http_protocol_options`, of connections from clients.
    public var options = HTTPOptions()
    /// `http_protocol_options`.
    public var http1 = HTTP1Options()
    /// `http2_protocol_options`.
    public var http2 = HTTP2Options()
    /// `max_request_headers_kb` (60): kibibytes of a head, 1 to 8192.
    public var maxRequestHeadersKiB = 60

    /// `use_remote_address` (false): whether the peer is the client, so that its address is appended to
    /// `x-forwarded-for` and its `x-envoy-*` headers are dropped.
    public var useRemoteAddress = false
    /// `xff_num_trusted_hops` (0): how many proxies in front of this one are trusted.
    public var trustedHops = 0
    /// `skip_xff_append` (false): whether `x-forwarded-for` stays as it came.
    public var skipsForwardedFor = false
    /// `via`: appended to `via` of requests and responses; empty, the default, for not.
    public var via = ""
    /// `server_name`: for the `server` header; nil, the default, keeps the upstream's, unlike Envoy.
    public var serverName: String?
    /// `server_header_transformation`, in force where ``serverName`` is given (OVERWRITE).
    public var serverHeader = ServerHeaderTransformation.overwrite
    /// `generate_request_id` (true): whether a request without `x-request-id` gets one.
    public var generateRequestID = true
    /// `preserve_external_request_id` (false): whether a client's own is kept where ``useRemoteAddress``.
    public var preservesExternalRequestID = false
    /// `always_set_request_id_in_response` (false).
    public var setsRequestIDInResponse = false
    /// `forward_client_cert_details` (SANITIZE): what happens to `x-forwarded-client-cert`.
    public var clientCertificate = ForwardedClientCertificate()
    /// `tracing`; nil for none.
    public var tracing: TracingConfiguration?

    /// `normalize_path`, `merge_slashes`, `path_with_escaped_slashes_action` and stripping of the port.
    public var path = PathNormalization()

    /// Makes a manager with the default values that the properties name.
    public init(statPrefix: String, routes: RouteConfiguration, filters: [HTTPFilter] = [.router]) {
        self.statPrefix = statPrefix
        self.routes = routes
        self.filters = filters
    }

    /// Makes a manager with these virtual hosts.
    public init(
        statPrefix: String,
        virtualHosts: [VirtualHost],
        filters: [HTTPFilter] = [.router],
        useRemoteAddress: Bool = false
    ) {
        self.init(statPrefix: statPrefix, routes: RouteConfiguration(virtualHosts: virtualHosts), filters: filters)
        self.useRemoteAddress = useRemoteAddress
    }
}

/// One HTTP filter of a connection manager.
public enum HTTPFilter: Sendable, Equatable {
    /// `envoy.filters.http.router`: forwards the request to its route's cluster.
    case router
}

/// The versions of HTTP that clients may speak: `codec_type`.
public enum HTTPCodec: String, Sendable, CaseIterable {
    /// As ALPN says, else as the connection's first bytes say (prior knowledge).
    case automatic = "AUTO"
    /// HTTP/1.1 and 1.0.
    case http1 = "HTTP1"
    /// HTTP/2.
    case http2 = "HTTP2"
}

/// What happens to a response's `server` header: `server_header_transformation`.
public enum ServerHeaderTransformation: String, Sendable, CaseIterable {
    /// It becomes ``HTTPConnectionManager/serverName``.
    case overwrite = "OVERWRITE"
    /// It becomes that where it is absent.
    case appendIfAbsent = "APPEND_IF_ABSENT"
    /// It stays.
    case passThrough = "PASS_THROUGH"
}
