/// Probes on quiet connections: `core.v3.TcpKeepalive`; nil means the system's own value.
public struct TCPKeepalive: Sendable, Hashable {
    /// `keepalive_probes`: how many without an answer end the connection.
    public var probes: Int?
    /// `keepalive_time`: seconds of quiet before the first.
    public var time: Int?
    /// `keepalive_interval`: seconds between two.
    public var interval: Int?

    /// Makes the system's own values.
    public init() {}
}
