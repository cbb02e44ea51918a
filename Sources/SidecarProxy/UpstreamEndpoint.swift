import LoadBalancing
import NIOCore
import ProxyConfiguration

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
    /// The address and port, which tell the endpoint from others.
    let key: String
    /// The endpoint's own name, for TLS and `auto_host_rewrite`; empty without one.
    let hostname: String
    /// How much it takes beside the others.
    let weight: Int
    let configuration: EndpointConfiguration
    /// Its place in the cluster; nil when it is no longer there.
    var index: Int?
    /// Idle connections of HTTP/1, the one used last at the end.
    private var idle: [HTTP1Upstream] = []
    /// Connections of HTTP/2, whether idle or not.
    private var shared: [HTTP2Upstream] = []
    /// Who waits for a connection, in order.
    private var waiters: [Waiter] = []
    /// Whether some in the line may not wait any more.
    var hasDeserters = false
    /// Connections that are being made.
    var connecting = 0
    /// Those of them that nothing has been done for yet.
    var unbegun = 0
    /// What has been done with it.
    var account = EndpointAccount()
    /// Whether no new request comes here, so that every connection ends behind what is under way on it.
    private var isRetired = false

    init(_ address: SocketAddress, _ context: UpstreamContext, configuration: EndpointConfiguration) {
        self.address = address
        self.context = context
        self.configuration = configuration
        let host = address.ipAddress ?? configuration.address.host
        key = NetworkAddress(host: host, port: UInt16(clamping: address.port ?? 0)).description
        let isName = (try? SocketAddress(ipAddress: configuration.address.host, port: 0)) == nil
        hostname = configuration.hostname.isEmpty && isName ? configuration.address.host : configuration.hostname
        weight = configuration.weight
    }

    /// How many requests wait for a connection.
    var waiterCount: Int { waiters.count }
    /// The counters of the cluster.
    var counters: ClusterCounters { context.counters }

    /// Finds a connection for `exchange`, or makes one.
    ///
    /// - Parameters:
    ///   - exchange: Who asks.
    ///   - ticket: The number of its attempt, to tell later whether it still waits.
    ///   - isFresh: Whether a connection that was idle will not do.
    /// - Returns: The connection, or what else comes of it.
    func acquire(for exchange: Exchange, ticket: Int, isFresh: Bool) -> Acquisition {
        if !exchange.wantsWebSocket, let connection = shared.last(where: { $0.hasRoom }) {
            return .ready(connection.open(exchange))
        }
        if !isFresh, let connection = takeIdle() {
            connection.begin(exchange)
            return .ready(connection)
        }
        guard context.acquire(.pendingRequest) else { return .overflow }
        if needsConnection(for: exchange) {
            guard context.acquire(.connection) else {
                context.release(.pendingRequest)
                return .overflow
            }
            waiters.append(Waiter(exchange: exchange, ticket: ticket))
            connect()
        } else {
            waiters.append(Waiter(exchange: exchange, ticket: ticket))
        }
        return .waiting
    }

    /// Takes a connection of HTTP/2 that has just been made.
    func add(_ connection: HTTP2Upstream) {
        shared.append(connection)
        serveWaiters()
        if isRetired { connection.drain() }
    }

    /// Gives streams to those who wait, as far as there is room.
    func serveWaiters() {
        guard !waiters.isEmpty else { return }
        while let connection = shared.last(where: { $0.hasRoom }), let waiter = nextWaiter() {
            waiter.exchange.connected(connection.open(waiter.exchange))
        }
    }

    /// Puts a connection back; the worker's sweep closes it when nobody takes it.
    func putBack(_ connection: HTTP1Upstream) {
        guard !isRetired else { return connection.close() }
        connection.idleSince = .now()
        idle.append(connection)
        context.worker.scheduleSweep()
    }

    /// Forgets an idle connection that has ended.
    func forget(_ connection: HTTP1Upstream) {
        idle.removeAll { $0 === connection }
    }

    /// Gives no more streams of `connection`.
    func forget(_ connection: HTTP2Upstream) {
        shared.removeAll { $0 === connection }
        guard !waiters.isEmpty, connecting == 0, shared.isEmpty else { return }
        guard context.acquire(.connection) else {
            while let waiter = nextWaiter() { waiter.exchange.connectFailed(.refused) }
            return
        }
        connect()
    }

    /// Has the worker close `connection` when it stays idle.
    func becameIdle(_ connection: HTTP2Upstream) { context.worker.scheduleSweep() }

    /// Counts the beginning of a connection.
    func connectionBegan() {
        counters.connections.add()
        counters.activeConnections.add()
        account.connections += 1
        account.activeConnections += 1
    }

    /// Counts the end of a connection.
    func connectionEnded() {
        counters.activeConnections.add(-1)
        account.activeConnections -= 1
        context.release(.connection)
    }

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
        let unused = shared.filter { $0.isIdle }
        for connection in unused where connection.idleSince + context.sharedIdleTimeout <= now {
            counters.idleTimeouts.add()
            connection.close()
        }
        return idle.count + unused.count
    }

    /// Closes everything that is idle: the endpoint is used no more.
    func retire() {
        isRetired = true
        let idle = idle
        self.idle = []
        for connection in idle { connection.close() }
        for connection in shared { connection.drain() }
    }

    /// Forgets those who wait no more, and returns whether the `count` connections that have been begun are too few.
    func isAwaited(beyond count: Int) -> Bool {
        if hasDeserters {
            hasDeserters = false
            let all = waiters.count
            waiters.removeAll { !$0.exchange.awaits($0.ticket) }
            for _ in waiters.count..<all { context.release(.pendingRequest) }
        }
        return context.sharesConnections ? !waiters.isEmpty : waiters.count > count
    }

    /// The next exchange that still waits, or nil.
    func nextWaiter() -> Waiter? {
        while !waiters.isEmpty {
            let waiter = waiters.removeFirst()
            context.release(.pendingRequest)
            if waiter.exchange.awaits(waiter.ticket) { return waiter }
        }
        return nil
    }

    /// Whoever shares connections needs one for every hundred waiters, and may wait for a stream to end.
    private func needsConnection(for exchange: Exchange) -> Bool {
        guard context.sharesConnections, !exchange.wantsWebSocket else { return true }
        let sharers = connecting + shared.count { $0.isOpen }
        return waiters.count / max(1, context.http2.maxConcurrentStreams) >= sharers
    }

    private func takeIdle() -> HTTP1Upstream? {
        while let connection = idle.popLast() {
            if connection.isUsable { return connection }
        }
        return nil
    }
}
