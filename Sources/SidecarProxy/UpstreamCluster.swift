import LoadBalancing
import NIOCore
import ProxyConfiguration

/// The endpoints of one cluster as one event loop sees them.
final class UpstreamCluster {
    let context: UpstreamContext
    let configuration: ClusterConfiguration
    /// Which endpoints get requests; its indices are those of ``endpoints``.
    private(set) var balancer: LoadBalancer
    private(set) var endpoints: [UpstreamEndpoint] = []
    private var random = RequestIdentifier()
    private var discovery: UpstreamDiscovery?
    private var checker: HealthChecker?
    private var nextSweep = NIODeadline.now()
    private var isRetired = false

    init(_ configuration: ClusterConfiguration, worker: Worker, loops: Int, credentials: ClientCredentials?) {
        self.configuration = configuration
        context = UpstreamContext(configuration, worker: worker, loops: loops, credentials: credentials)
        balancer = LoadBalancer(
            [],
            settings: BalancerSettings(configuration),
            outlierSettings: configuration.outlierDetection,
            initialHealth: configuration.healthChecks.isEmpty ? [] : .failedActiveCheck
        )
        if !configuration.healthChecks.isEmpty { checker = HealthChecker(self) }
        if configuration.discovery == .fixed {
            replace(
                configuration.endpoints.filter(\.isHealthy).compactMap { endpoint in
                    let address = endpoint.address
                    guard let resolved = try? SocketAddress(ipAddress: address.host, port: Int(address.port)) else {
                        return nil
                    }
                    return UpstreamEndpoint(resolved, context, configuration: endpoint)
                }
            )
        } else {
            let discovery = UpstreamDiscovery(self, resolver: worker.tables.resolver)
            self.discovery = discovery
            discovery.start()
        }
    }

    var name: String { context.name }
    var counters: ClusterCounters { context.counters }
    /// Whether a failed connection may be tried at another endpoint.
    var hasAlternatives: Bool { endpoints.count > 1 }
    /// The number of endpoints.
    var endpointCount: Int { endpoints.count }

    /// Chooses an endpoint, or nil when there is none; it counts the request until ``finish(_:_:)``.
    ///
    /// - Parameters:
    ///   - hash: The request's hash, for policies that look at it.
    ///   - attempted: The endpoints that the request has been sent to, which are avoided while there are others.
    /// - Returns: The endpoint.
    func choose(hash: UInt64?, excluding attempted: AttemptedEndpoints) -> UpstreamEndpoint? {
        // Only who waits for the end of an ejection asks for the time.
        let now = balancer.outliers.ejectedCount > 0 ? Self.now() : .zero
        let index = balancer.choose(now: now, random: random.next(), hash: hash, excluding: attempted)
        guard let index, endpoints.indices.contains(index) else { return nil }
        return endpoints[index]
    }

    /// Ends what a choice began.
    func finish(_ endpoint: UpstreamEndpoint, _ outcome: RequestOutcome?) {
        endpoint.account.count(outcome)
        guard let index = endpoint.index else { return }
        let now = configuration.outlierDetection == nil ? .zero : Self.now()
        let event = balancer.finish(index, outcome, now: now, random: random.next())
        guard let event else { return }
        if event != .readmitted { counters.ejections.add() }
        publish()
    }

    /// Takes other endpoints; those that stay keep their connections and their health.
    func replace(_ new: [UpstreamEndpoint]) {
        let old = endpoints
        var byKey: [String: UpstreamEndpoint] = [:]
        for endpoint in new where byKey[endpoint.key] == nil { byKey[endpoint.key] = endpoint }
        let origins = balancer.replace(new.map { Endpoint(key: $0.key, weight: UInt32(clamping: $0.weight)) })
        for endpoint in old { endpoint.index = nil }
        endpoints = zip(balancer.endpoints, origins).compactMap { endpoint, origin in
            if let origin, old.indices.contains(origin) { return old[origin] }
            return byKey[endpoint.key]
        }
        for (index, endpoint) in endpoints.enumerated() { endpoint.index = index }
        for endpoint in old where endpoint.index == nil { endpoint.retire() }
        checker?.watch(endpoints)
        publish()
    }

    /// Takes the result of an active health check.
    func setActiveHealth(_ endpoint: UpstreamEndpoint, isHealthy: Bool) {
        guard let index = endpoint.index else { return }
        balancer.setActiveHealth(index, isHealthy: isHealthy)
        publish()
    }

    /// Closes everything that is idle: the cluster is used no more.
    func retire() {
        isRetired = true
        discovery?.stop()
        discovery = nil
        checker?.stop()
        for endpoint in endpoints { endpoint.retire() }
    }

    /// Closes connections that have been idle too long at `now`, and compares endpoints when it is time to.
    ///
    /// - Returns: How many are still idle.
    func closeIdle(before now: NIODeadline) -> Int {
        if let interval = configuration.outlierDetection?.interval, nextSweep <= now {
            nextSweep = now + TimeAmount(interval)
            let ejected = balancer.sweepOutliers(now: Self.now(), random: random.next())
            if !ejected.isEmpty { counters.ejections.add(ejected.count) }
            publish()
        }
        return endpoints.reduce(0) { $0 + $1.closeIdle(before: now) }
    }

    private func publish() {
        // Another cluster of the same name counts now.
        guard !isRetired else { return }
        counters.members.set(endpoints.count)
        counters.healthyMembers.set(balancer.healthyCount)
    }

    private static func now() -> Duration {
        .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds))
    }
}
