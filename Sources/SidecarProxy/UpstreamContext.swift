import NIOCore

/// What all endpoints of one cluster share on one event loop.
final class UpstreamContext {
    let name: String
    let worker: Worker
    let counters = ClusterCounters()
    let connectTimeout: TimeAmount

    /// How long a connection to an endpoint may be idle.
    ///
    /// Below the 5 s after which common application servers close their side, so that requests and closes rarely
    /// cross.
    let idleTimeout = TimeAmount.seconds(3)
    /// The most connections of one loop to the cluster: Envoy's default `max_connections`.
    let connectionLimit = 1024
    /// The most requests that wait for a connection: Envoy's default `max_pending_requests`.
    let pendingLimit = 1024
    /// Requests that wait for a connection.
    var pending = 0

    /// How endpoints are spoken to over TLS; nil for plain.
    let tls: UpstreamTLS?
    /// Whether endpoints speak HTTP/2 without being asked.
    let isShared: Bool
    /// How long a connection of HTTP/2 may be idle: its endpoint says GOAWAY before it closes.
    let sharedIdleTimeout = TimeAmount.seconds(60)

    init(name: String, connectTimeout: TimeAmount, worker: Worker, tls: UpstreamTLS? = nil, isShared: Bool = false) {
        self.name = name
        self.connectTimeout = connectTimeout
        self.worker = worker
        self.tls = tls
        self.isShared = isShared
    }

    /// Whether another connection may be made; counts the refusal.
    func mayConnect() -> Bool {
        guard counters.activeConnections.current < connectionLimit else {
            counters.overflows.add()
            return false
        }
        return true
    }

    /// Whether another request may wait for a connection; counts the refusal.
    func mayWait() -> Bool {
        guard pending < pendingLimit else {
            counters.overflows.add()
            return false
        }
        return true
    }
}
