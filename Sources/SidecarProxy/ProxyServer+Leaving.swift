import NIOCore
import NIOPosix
import ProxyConfiguration

extension ProxyServer {
    private static var look: Duration { .milliseconds(20) }
    private static var probe: Duration { .milliseconds(250) }

    /// Waits until ``ExitPolicy`` has nothing to wait for.
    func waitUntilOver() async {
        let clock = ContinuousClock()
        let start = clock.now
        var lastProbe: ContinuousClock.Instant?
        var goneSince: ContinuousClock.Instant?
        var quietSince: ContinuousClock.Instant?
        var emptySince: ContinuousClock.Instant?
        while true {
            let now = clock.now
            if settings.exit.lifeCycle != .native, lastProbe.map({ now - $0 >= Self.probe }) ?? true {
                lastProbe = now
                goneSince = await isApplicationReachable() ? nil : goneSince ?? now
            }
            quietSince = activeRequests == 0 ? quietSince ?? now : nil
            emptySince = activeConnections == 0 ? emptySince ?? now : nil
            let isOver = settings.exit.isOver(
                elapsed: now - start,
                gone: goneSince.map { now - $0 },
                withoutRequests: quietSince.map { now - $0 },
                withoutConnections: emptySince.map { now - $0 }
            )
            guard !isOver else { return }
            // Cancelled: whoever waits wants the end now.
            guard (try? await Task.sleep(for: Self.look)) != nil else { return }
        }
    }

    /// Whether the application accepts a connection; eight of its addresses are tried at most.
    ///
    /// The application is what endpoints on loopback lead to, or, without any, endpoints wherever they are.
    func isApplicationReachable() async -> Bool {
        let all = await endpointAddresses()
        let local = all.filter { $0.ipAddress.map { $0.hasPrefix("127.") || $0 == "::1" } ?? false }
        for address in (local.isEmpty ? all : local).prefix(8) {
            let attempt = ClientBootstrap(group: operationsLoop).connectTimeout(.milliseconds(200)).connect(to: address)
            guard let channel = try? await attempt.get() else { continue }
            channel.close(promise: nil)
            return true
        }
        return false
    }

    /// Where the endpoints of all clusters are, as one loop knows them: names are resolved there.
    private func endpointAddresses() async -> [SocketAddress] {
        guard let worker = workers.values.first else { return [] }
        // Whoever collects spans is no application.
        let collectors = Set(snapshot.bootstrap.tracing.map(\.cluster))
        let found = worker.eventLoop.submit {
            worker.value.clusters.filter { !collectors.contains($0.name) }.flatMap(\.endpoints).map(\.address)
        }
        // A loop that has ended has no connections any more.
        return (try? await found.get()) ?? []
    }
}
