/// How HTTP connections are served: `http_connection_manager.v3.HttpConnectionManager`.
public struct HTTPConnectionManager: Sendable, Equatable {
    /// The name of the listener in metrics.
    public var statPrefix: String
    /// The virtual hosts of the route table.
    public var virtualHosts: [VirtualHost]
    /// The HTTP filters in order; the last is always the router.
    public var filters: [HTTPFilter]
    /// Whether the peer's address is appended to `x-forwarded-for`, and its scheme put into `x-forwarded-proto`.
    public var useRemoteAddress: Bool
    /// Whether a request without `x-request-id` gets one.
    public var generateRequestID: Bool
    /// How long a request may rest without a byte in either direction; nil for as long as it likes.
    public var streamIdleTimeout: Duration?
    /// How long a connection may be without a request; nil for as long as it likes.
    public var idleTimeout: Duration?
    /// From a head's first byte to its end; nil for as long as it likes.
    public var requestHeadersTimeout: Duration?

    /// Makes a manager; timeouts have Envoy's defaults of 5 minutes and 1 hour, and 10 s for a head.
    public init(
        statPrefix: String,
        virtualHosts: [VirtualHost],
        filters: [HTTPFilter],
        useRemoteAddress: Bool = false,
        generateRequestID: Bool = true,
        streamIdleTimeout: Duration? = .seconds(300),
        idleTimeout: Duration? = .seconds(3600),
        requestHeadersTimeout: Duration? = .seconds(10)
    ) {
        self.statPrefix = statPrefix
        self.virtualHosts = virtualHosts
        self.filters = filters
        self.useRemoteAddress = useRemoteAddress
        self.generateRequestID = generateRequestID
        self.streamIdleTimeout = streamIdleTimeout
        self.idleTimeout = idleTimeout
        self.requestHeadersTimeout = requestHeadersTimeout
    }
}

/// One HTTP filter of a connection manager.
public enum HTTPFilter: Sendable, Equatable {
    /// `envoy.filters.http.router`: forwards the request to its route's cluster.
    case router
}
