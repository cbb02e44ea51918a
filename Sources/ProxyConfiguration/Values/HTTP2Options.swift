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

    /// Makes the default values.
    public init() {}
}
