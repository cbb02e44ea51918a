/// Settings of HTTP/2: `core.v3.Http2ProtocolOptions`.
public struct HTTP2Options: Sendable, Hashable {
    /// `max_concurrent_streams` (100, unlike Envoy's 1024): what clients may open at once, and what is opened on one
    /// connection to an endpoint, if that allows as many.
    public var maxConcurrentStreams = 100
    /// `initial_stream_window_size`: bytes, 65,535 to 2,147,483,647 (65,535, unlike Envoy's 16 MiB).
    ///
    /// What an application does not take waits in the proxy, so many bytes for each stream.
    public var initialStreamWindow = 65_535
    /// `initial_connection_window_size`: bytes, 65,535 to 2,147,483,647 (1 MiB, unlike Envoy's 24 MiB).
    public var initialConnectionWindow = 1 << 20
    /// `hpack_table_size`: bytes (4096), for the headers of both directions.
    public var headerTableSize = 4096
    /// `connection_keepalive`: how dead peers are found; nil, the default, for not at all.
    public var connectionKeepalive: KeepaliveSettings?

    /// Makes the default values.
    public init() {}
}
