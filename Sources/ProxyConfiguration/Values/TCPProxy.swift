/// The forwarding of bytes: `tcp_proxy.v3.TcpProxy`.
public struct TCPProxy: Sendable, Equatable {
    /// `stat_prefix`: the name in metrics.
    public var statPrefix: String
    /// `cluster` or `weighted_clusters`.
    public var target: ClusterTarget
    /// `idle_timeout` (1 h): without a byte in either direction; nil for none.
    public var idleTimeout: Duration? = .seconds(3600)
    /// `max_downstream_connection_duration`; nil, the default, for none.
    public var maxDuration: Duration?
    /// `max_connect_attempts` (1).
    public var maxConnectAttempts = 1
    /// `access_log`.
    public var accessLogs: [AccessLog] = []
    /// `hash_policy` with `source_ip` (false).
    public var hashesSourceAddress = false

    /// Makes a proxy.
    public init(statPrefix: String, target: ClusterTarget) {
        self.statPrefix = statPrefix
        self.target = target
    }
}
