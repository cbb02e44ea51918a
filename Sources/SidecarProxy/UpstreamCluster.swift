import NIOCore
import NIOPosix
import ProxyConfiguration

/// The endpoints of one cluster as one event loop sees them, with its connections to them.
final class UpstreamCluster {
    let name: String
    let counters = ClusterCounters()
    private let eventLoop: any EventLoop
    private let connectTimeout: TimeAmount
    private let policy: LoadBalancing
    private var endpoints: [UpstreamEndpoint] = []
    private var cursor = 0
    private var random = RequestIdentifier()

    /// How long a connection to an endpoint may be idle.
    ///
    /// Below the 5 s after which common application servers close their side, so that requests and closes rarely
    /// cross.
    private static let idleTimeout = TimeAmount.seconds(3)
    /// The most connections of one loop to the cluster: Envoy's default `max_connections`.
    private static let connectionLimit = 1024

    init(_ configuration: ClusterConfiguration, eventLoop: any EventLoop) throws {
        name = configuration.name
        self.eventLoop = eventLoop
        connectTimeout = TimeAmount(configuration.connectTimeout)
        policy = configuration.loadBalancing
        endpoints = try configuration.endpoints.map { endpoint in
            UpstreamEndpoint(try SocketAddress(ipAddress: endpoint.host, port: Int(endpoint.port)))
        }
    }

    /// Whether a failed connection may be tried at another endpoint.
    var hasAlternatives: Bool { endpoints.count > 1 }
    /// The number of endpoints.
    var endpointCount: Int { endpoints.count }

    /// Chooses an endpoint, or nil when there is none.
    ///
    /// - Parameter failed: The endpoint that has just refused, which is passed over where there is another.
    /// - Returns: The endpoint.
    func choose(avoiding failed: UpstreamEndpoint? = nil) -> UpstreamEndpoint? {
        guard endpoints.count > 1 else { return endpoints.first }
        switch policy {
        case .firstReachable:
            if let failed, endpoints[cursor % endpoints.count] === failed { cursor = (cursor + 1) % endpoints.count }
            return endpoints[cursor % endpoints.count]
        case .roundRobin:
            let endpoint = endpoints[cursor % endpoints.count]
            cursor = (cursor + 1) % endpoints.count
            return endpoint === failed ? choose() : endpoint
        case .random:
            let endpoint = endpoints[Int(random.next() % UInt64(endpoints.count))]
            guard endpoint === failed else { return endpoint }
            return endpoints.first { $0 !== failed }
        case .leastRequest:
            let one = endpoints[Int(random.next() % UInt64(endpoints.count))]
            let other = endpoints[Int(random.next() % UInt64(endpoints.count))]
            let endpoint = one.activeRequests <= other.activeRequests ? one : other
            guard endpoint === failed else { return endpoint }
            return endpoints.first { $0 !== failed }
        }
    }

    /// Takes an idle connection to `endpoint`, the one used last.
    func takeIdle(_ endpoint: UpstreamEndpoint) -> UpstreamHandler? {
        while let handler = endpoint.idle.popLast() {
            if handler.isUsable { return handler }
        }
        return nil
    }

    /// Puts a connection back; the worker's sweep closes it when nobody takes it.
    func putBack(_ handler: UpstreamHandler, worker: Worker) {
        handler.idleSince = .now()
        handler.endpoint.idle.append(handler)
        worker.scheduleSweep()
    }

    /// Whether another connection may be made; counts the refusal.
    func mayConnect() -> Bool {
        guard counters.activeConnections.current < Self.connectionLimit else {
            counters.overflows.add()
            return false
        }
        return true
    }

    /// Connects to `endpoint`.
    ///
    /// - Returns: The connection's handler when it is usable.
    func connect(_ endpoint: UpstreamEndpoint, worker: Worker) -> EventLoopFuture<any Channel> {
        counters.connections.add()
        counters.activeConnections.add()
        let cluster = NIOLoopBound(self, eventLoop: eventLoop)
        let bound = NIOLoopBound((endpoint, worker), eventLoop: eventLoop)
        let future = ClientBootstrap(group: eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(connectTimeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let (endpoint, worker) = bound.value
                    let handler = UpstreamHandler(cluster: cluster.value, endpoint: endpoint, worker: worker)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(to: endpoint.address)
        future.whenFailure { error in
            let counters = cluster.value.counters
            counters.activeConnections.add(-1)
            counters.connectFailures.add()
            if case .connectTimeout = error as? ChannelError { counters.connectTimeouts.add() }
        }
        return future
    }

    /// Closes connections that have been idle too long at `now`.
    ///
    /// - Returns: How many are still idle.
    func closeIdle(before now: NIODeadline) -> Int {
        var left = 0
        for endpoint in endpoints {
            // The oldest come first.
            let old = endpoint.idle.prefix { $0.idleSince + Self.idleTimeout <= now }
            endpoint.idle.removeFirst(old.count)
            for handler in old {
                counters.idleTimeouts.add()
                handler.close()
            }
            left += endpoint.idle.count
        }
        return left
    }
}

/// One endpoint as one event loop sees it.
final class UpstreamEndpoint {
    let address: SocketAddress
    /// Idle connections, the one used last at the end.
    var idle: [UpstreamHandler] = []
    /// Requests under way.
    var activeRequests = 0

    init(_ address: SocketAddress) {
        self.address = address
    }
}
