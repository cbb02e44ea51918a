import NIOCore
import ServerCore

/// Puts a ``HTTP1Downstream`` on every connection of one listener.
final class ProxyInitializer: ConnectionInitializer {
    private let plan: ConnectionPlan
    private let workers: [ObjectIdentifier: NIOLoopBound<Worker>]
    private let counters: [ObjectIdentifier: DownstreamCounters]

    init(plan: ConnectionPlan, workers: [NIOLoopBound<Worker>], loops: [any EventLoop]) {
        self.plan = plan
        var byLoop: [ObjectIdentifier: NIOLoopBound<Worker>] = [:]
        var counters: [ObjectIdentifier: DownstreamCounters] = [:]
        for (loop, worker) in zip(loops, workers) {
            byLoop[ObjectIdentifier(loop)] = worker
            counters[ObjectIdentifier(loop)] = DownstreamCounters()
        }
        self.workers = byLoop
        self.counters = counters
    }

    /// The name in metrics.
    var statPrefix: String { plan.statPrefix }
    /// The counters of all loops.
    var allCounters: [DownstreamCounters] { Array(counters.values) }

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        let key = ObjectIdentifier(channel.eventLoop)
        guard let worker = workers[key]?.value, let counters = counters[key] else { throw ChannelError.eof }
        let handler = HTTP1Downstream(
            plan: plan,
            worker: worker,
            counters: counters,
            client: ClientConnection(channel, connection)
        )
        // A client may end its sending side behind a complete request and still wait for the answer.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
