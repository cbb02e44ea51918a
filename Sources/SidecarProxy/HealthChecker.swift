import LoadBalancing
import NIOCore
import ProxyConfiguration

/// Runs the active health checks of a cluster: `health_checks`.
///
/// Lives on the cluster's loop. An endpoint gets requests when all its checks pass, and none before they have once.
final class HealthChecker {
    /// One check of one endpoint.
    private final class Watch {
        let endpoint: UpstreamEndpoint
        let check: HealthCheck
        var state: HealthCheckState
        var isStopped = false

        init(_ endpoint: UpstreamEndpoint, _ check: HealthCheck) {
            self.endpoint = endpoint
            self.check = check
            state = HealthCheckState(HealthCheckSettings(check))
        }
    }

    private weak var cluster: UpstreamCluster?
    private let checks: [HealthCheck]
    private let loop: any EventLoop
    private var watches: [Watch] = []
    private var random = RequestIdentifier()

    init(_ cluster: UpstreamCluster) {
        self.cluster = cluster
        checks = cluster.configuration.healthChecks
        loop = cluster.context.worker.eventLoop
    }

    /// Watches `endpoints` and no others; those that stay keep what is known of them.
    func watch(_ endpoints: [UpstreamEndpoint]) {
        let old = watches
        watches = old.filter { watch in endpoints.contains { $0 === watch.endpoint } }
        for watch in old where !watches.contains(where: { $0 === watch }) { watch.isStopped = true }
        for endpoint in endpoints where !watches.contains(where: { $0.endpoint === endpoint }) {
            for check in checks {
                let watch = Watch(endpoint, check)
                watches.append(watch)
                schedule(watch, watch.state.initialDelay(random: random.next()))
            }
        }
    }

    /// Checks nothing more.
    func stop() {
        for watch in watches { watch.isStopped = true }
        watches = []
    }

    private func schedule(_ watch: Watch, _ delay: Duration) {
        loop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) { [weak self] in
            guard let self, !watch.isStopped else { return }
            run(watch)
        }
    }

    private func run(_ watch: Watch) {
        cluster?.counters.healthChecks.add()
        HealthProbe.run(watch.check, at: watch.endpoint) { [weak self] result in
            guard let self, !watch.isStopped else { return }
            finish(watch, result)
        }
    }

    private func finish(_ watch: Watch, _ result: HealthCheckState.Result) {
        guard let cluster else { return }
        if result != .success { cluster.counters.healthCheckFailures.add() }
        _ = watch.state.record(result)
        let isHealthy = watches.allSatisfy { $0.endpoint !== watch.endpoint || $0.state.isHealthy }
        cluster.setActiveHealth(watch.endpoint, isHealthy: isHealthy)
        let hasTraffic = cluster.counters.connections.current > 0
        schedule(watch, watch.state.nextDelay(hasTraffic: hasTraffic, random: random.next()))
    }
}

extension HealthCheckSettings {
    /// What the configuration says of one check.
    init(_ check: HealthCheck) {
        self.init(
            timeout: check.timeout,
            interval: check.interval,
            unhealthyThreshold: check.unhealthyThreshold,
            healthyThreshold: check.healthyThreshold
        )
        noTrafficInterval = check.noTrafficInterval
        unhealthyInterval = check.unhealthyInterval
        initialJitter = check.initialJitter
        intervalJitter = check.intervalJitter
        intervalJitterPercent = check.intervalJitterPercent
    }
}
