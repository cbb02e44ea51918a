/// Settings of HTTP/2: `core.v3.Http2ProtocolOptions`.
public struct HTTP2Options: Sendable, Hashable {
    /// `max_concurrent_streams` (100 from clients, unlike Envoy's 1024; toward endpoints what the peer allows, up to
    /// 1024).
    public var maxConcurrentStreams: Int?
    /// `initial_stream_window_size`: bytes, 65,535 to 2,147,483,647 (1 MiB, unlike Envoy's 16 MiB).
    public var initialStreamWindow = 1 << 20
    /// `initial_connection_window_size`: bytes, 65,535 to 2,147,483,647 (4 MiB, unlike Envoy's 24 MiB).
    public var initialConnectionWindow = 4 << 20
    /// `hpack_table_size`: bytes (4096).
    public var headerTableSize = 4096
    /// `connection_keepalive`; nil, the default, sends no PING.
    public var keepalive: HTTP2Keepalive?

    /// Makes the default values.
    public init() {}
}

/// PING frames on a connection: `core.v3.KeepaliveSettings`.
public struct HTTP2Keepalive: Sendable, Hashable {
    /// `interval`: between two frames; nil sends none but after idleness.
    public var interval: Duration?
    /// `timeout`: for the answer, after which the connection is closed.
    public var timeout: Duration
    /// `connection_idle_interval`: the idleness before a new request after which the connection is tried first; nil
    /// for never.
    public var idleInterval: Duration?

    /// Makes settings.
    public init(interval: Duration?, timeout: Duration, idleInterval: Duration? = nil) {
        self.interval = interval
        self.timeout = timeout
        self.idleInterval = idleInterval
    }
}
