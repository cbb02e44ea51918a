/// PINGs that find out whether the peer of a connection of HTTP/2 is still there: `core.v3.KeepaliveSettings`.
public struct KeepaliveSettings: Sendable, Hashable {
    /// `interval`: from the beginning of the connection, or from the last answer, to the next PING; nil, the default,
    /// for no such PINGs.
    public var interval: Duration?
    /// `timeout`: how long the peer may take to answer, or send nothing at all before it does, before the connection is
    /// closed.
    public var timeout: Duration
    /// `interval_jitter` (15): up to so many per cent of the interval are added to it at random.
    public var intervalJitter = 15.0
    /// `connection_idle_interval`: when nothing has come from an endpoint for so long, a PING goes ahead of the next
    /// request; nil, the default, for none.
    ///
    /// Without effect toward clients, as in Envoy: a client that has just sent a request is there.
    public var connectionIdleInterval: Duration?

    /// Makes the default values.
    public init(timeout: Duration) {
        self.timeout = timeout
    }
}
