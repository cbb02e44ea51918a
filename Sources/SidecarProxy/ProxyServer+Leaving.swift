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
}
