import NIOCore
import NIOHTTP2
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
        let client = ClientConnection(channel, connection)
        let bound = NIOLoopBound((worker, client), eventLoop: channel.eventLoop)
        let install: @Sendable (any Channel, HTTP1Downstream?) throws -> Void = { [plan] channel, previous in
            let (worker, client) = bound.value
            let handler = HTTP2Downstream(plan: plan, worker: worker, counters: counters, client: client)
            let gate = try HTTP2Stack.install(handler, mode: .server, on: channel, after: previous)
            gate.flooded = { [weak handler] in handler?.calm() }
            handler.gate = gate
        }
        guard connection.negotiatedProtocol != "h2" else { return try install(channel, nil) }
        let handler = HTTP1Downstream(
            plan: plan,
            worker: worker,
            counters: counters,
            client: client,
            upgrade: install
        )
        // A client may end its sending side behind a complete request and still wait for the answer.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
