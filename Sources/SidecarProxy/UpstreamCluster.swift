import NIOCore
import ProxyConfiguration

/// The endpoints of one cluster as one event loop sees them.
final class UpstreamCluster {
    let context: UpstreamContext
    private let policy: LoadBalancing
    private var endpoints: [UpstreamEndpoint] = []
    private var cursor = 0
    private var random = RequestIdentifier()

    init(_ configuration: ClusterConfiguration, worker: Worker) throws {
        let context = UpstreamContext(
            name: configuration.name,
            connectTimeout: TimeAmount(configuration.connectTimeout),
            worker: worker
        )
        self.context = context
        policy = configuration.loadBalancing
        endpoints = try configuration.endpoints.map { endpoint in
            let address = endpoint.address
            return UpstreamEndpoint(try SocketAddress(ipAddress: address.host, port: Int(address.port)), context)
        }
    }

    var name: String { context.name }
    var counters: ClusterCounters { context.counters }
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
        case .random, .ringHash, .maglev:
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

    /// Closes connections that have been idle too long at `now`.
    ///
    /// - Returns: How many are still idle.
    func closeIdle(before now: NIODeadline) -> Int {
        endpoints.reduce(0) { $0 + $1.closeIdle(before: now) }
    }
}
