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

    init(name: String, connectTimeout: TimeAmount, worker: Worker) {
        self.name = name
        self.connectTimeout = connectTimeout
        self.worker = worker
    }

    /// Whether another connection may be made; counts the refusal.
    func mayConnect() -> Bool {
        guard counters.activeConnections.current < connectionLimit, pending < pendingLimit else {
            counters.overflows.add()
            return false
        }
        return true
    }
}
