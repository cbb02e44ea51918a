import LoadBalancing
import NameResolution
import NIOCore
import ProxyConfiguration

/// Keeps the endpoints of a cluster those that name servers tell: STRICT_DNS and LOGICAL_DNS.
///
/// Lives on the cluster's loop; the questions are asked on threads of the resolver.
final class UpstreamDiscovery {
    private let cluster: UpstreamCluster
    private let resolver: NameResolver
    private let configuration: ClusterConfiguration
    /// In the order of the configuration's endpoints.
    private var trackers: [NameTracker]
    private var random = RequestIdentifier()
    private var isStopped = false

    init(_ cluster: UpstreamCluster, resolver: NameResolver) {
        self.cluster = cluster
        self.resolver = resolver
        configuration = cluster.configuration
        let configuration = configuration
        trackers = configuration.endpoints.map {
            NameTracker($0.address.host, options: configuration.dns, discovery: configuration.discovery)
        }
    }

    /// Asks for all names.
    func start() {
        for index in trackers.indices { ask(index) }
    }

    /// Asks for nothing more.
    func stop() { isStopped = true }

    private func ask(_ index: Int) {
        guard !isStopped, trackers.indices.contains(index) else { return }
        let loop = cluster.context.worker.eventLoop
        let bound = NIOLoopBound(self, eventLoop: loop)
        resolver.resolve(trackers[index].question) { result in
            loop.execute { bound.value.answered(index, result) }
        }
    }

    private func answered(_ index: Int, _ result: Result<NameAnswer, NameResolutionError>) {
        guard !isStopped else { return }
        let update = trackers[index].record(result, random: random.next())
        if update.hasChanged { publish() }
        let loop = cluster.context.worker.eventLoop
        loop.assumeIsolated().scheduleTask(in: TimeAmount(update.delay)) { [weak self] in self?.ask(index) }
    }

    private func publish() {
        var endpoints: [UpstreamEndpoint] = []
        for (tracker, endpoint) in zip(trackers, configuration.endpoints) where endpoint.isHealthy {
            for address in tracker.addresses {
                let port = Int(endpoint.address.port)
                guard let resolved = try? SocketAddress(ipAddress: address.description, port: port) else { continue }
                endpoints.append(UpstreamEndpoint(resolved, cluster.context, configuration: endpoint))
            }
        }
        cluster.replace(endpoints)
    }
}
