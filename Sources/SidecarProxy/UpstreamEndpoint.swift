import NIOCore

/// One endpoint as one event loop sees it, with its connections.
final class UpstreamEndpoint {
    /// An exchange that waits for a connection, with the number of its attempt.
    struct Waiter {
        let exchange: Exchange
        let ticket: Int
    }

    /// What came of asking for a connection.
    enum Acquisition {
        /// Here it is.
        case ready(any UpstreamStream)
        /// ``Exchange/connected(_:)`` or ``Exchange/connectFailed(_:)`` follows.
        case waiting
        /// The cluster has no place for another one.
        case overflow
    }

    let address: SocketAddress
    let context: UpstreamContext
    /// Requests under way.
    var activeRequests = 0
    /// Idle connections of HTTP/1, the one used last at the end.
    private(set) var idle: [HTTP1Upstream] = []
    /// Who waits for a connection, in order.
    var waiters: [Waiter] = []
    /// Connections that are being made.
    var connecting = 0

    init(_ address: SocketAddress, _ context: UpstreamContext) {
        self.address = address
        self.context = context
    }

    /// The counters of the cluster.
    var counters: ClusterCounters { context.counters }

    /// Finds a connection for `exchange`, or makes one.
    ///
    /// - Parameters:
    ///   - exchange: Who asks.
    ///   - ticket: The number of its attempt, to tell later whether it still waits.
    ///   - isFresh: Whether a connection that was idle will not do.
    func acquire(for exchange: Exchange, ticket: Int, isFresh: Bool) -> Acquisition {
        if !isFresh, let connection = takeIdle() {
            connection.begin(exchange)
            return .ready(connection)
        }
        guard context.mayConnect() else { return .overflow }
        context.pending += 1
        waiters.append(Waiter(exchange: exchange, ticket: ticket))
        connect()
        return .waiting
    }

    /// Puts a connection back; the worker's sweep closes it when nobody takes it.
    func putBack(_ connection: HTTP1Upstream) {
        connection.idleSince = .now()
        idle.append(connection)
        context.worker.scheduleSweep()
    }

    /// Forgets an idle connection that has ended.
    func forget(_ connection: HTTP1Upstream) {
        idle.removeAll { $0 === connection }
    }

    /// Counts the end of a connection.
    func connectionEnded() { counters.activeConnections.add(-1) }

    /// Closes connections that have been idle too long at `now`.
    ///
    /// - Returns: How many are still idle.
    func closeIdle(before now: NIODeadline) -> Int {
        // The oldest come first.
        let old = idle.prefix { $0.idleSince + context.idleTimeout <= now }
        idle.removeFirst(old.count)
        for connection in old {
            counters.idleTimeouts.add()
            connection.close()
        }
        return idle.count
    }

    /// The next exchange that still waits, or nil.
    func nextWaiter() -> Waiter? {
        while !waiters.isEmpty {
            let waiter = waiters.removeFirst()
            context.pending -= 1
            if waiter.exchange.awaits(waiter.ticket) { return waiter }
        }
        return nil
    }

    private func takeIdle() -> HTTP1Upstream? {
        while let connection = idle.popLast() {
            if connection.isUsable { return connection }
        }
        return nil
    }
}
