import LoadBalancing
import NIOCore
import NIOPosix
import ProxyConfiguration

/// One connection of a client with one to an endpoint, joined byte for byte: `tcp_proxy`.
///
///     connecting --endpoint reached--> joined --both ends have ended, or nothing moved for too long--> closed
///
/// An end of one direction is passed on while the other goes on. The side that cannot write stops the other's reading.
final class TCPRelay {
    private let plan: TCPPlan
    private let worker: Worker
    private let counters: DownstreamCounters
    private var cluster: UpstreamCluster?
    private var endpoint: UpstreamEndpoint?
    private var attempted = AttemptedEndpoints()
    private var attempts = 0
    private var downstream: TCPSide?
    private var upstream: TCPSide?
    private var isClosed = false
    private var lastActivity = NIODeadline.now()
    private let start = NIODeadline.now()
    private var callback: NIOScheduledCallback?

    init(plan: TCPPlan, worker: Worker, counters: DownstreamCounters) {
        self.plan = plan
        self.worker = worker
        self.counters = counters
    }

    /// Puts the client's side on its channel and looks for an endpoint.
    func begin(_ channel: any Channel) throws {
        counters.connections.add()
        counters.activeConnections.add()
        let side = TCPSide(self, isClient: true)
        downstream = side
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        try channel.pipeline.syncOperations.addHandler(side)
        schedule()
        guard let found = plan.target.choose(worker.identifier.next()),
            let cluster = worker.cluster(found.index, named: found.name)
        else {
            return close()
        }
        self.cluster = cluster
        connect(cluster)
    }

    /// The side that `side` is joined with, once both are there.
    func other(than side: TCPSide) -> TCPSide? {
        guard let upstream, !isClosed else { return nil }
        return side === downstream ? upstream : downstream
    }

    /// Notes that bytes have come.
    func received(_ count: Int, fromClient: Bool) {
        lastActivity = .now()
        if fromClient { counters.received.add(count) } else { counters.sent.add(count) }
    }

    /// A connection has ended: what it sent still reaches the other one.
    func ended(_ side: TCPSide) {
        guard !isClosed else { return }
        guard let other = other(than: side) else { return close() }
        other.endOutput()
        // Nothing that the other one sends can be delivered any more.
        other.close()
        close()
    }

    /// Closes when both directions have ended.
    func closeIfDone() {
        guard let downstream, let upstream, downstream.isInputClosed, upstream.isInputClosed else { return }
        close()
    }

    /// Closes both connections.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        counters.activeConnections.add(-1)
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        leave(nil)
        let sides = [downstream, upstream]
        downstream = nil
        upstream = nil
        for side in sides { side?.close() }
    }

    private func connect(_ cluster: UpstreamCluster) {
        attempts += 1
        guard let endpoint = cluster.choose(hash: nil, excluding: attempted) else { return close() }
        if let index = endpoint.index { attempted.insert(index) }
        self.endpoint = endpoint
        guard cluster.context.acquire(.connection) else { return close() }
        let bound = NIOLoopBound((self, endpoint), eventLoop: worker.eventLoop)
        endpoint.connectPlain { result in
            let (relay, endpoint) = bound.value
            relay.connected(result, endpoint)
        }
    }

    private func connected(_ result: Result<any Channel, ConnectFailure>, _ endpoint: UpstreamEndpoint) {
        switch result {
        case .failure:
            guard !isClosed, let cluster else { return }
            leave(.connectionFailed)
            if attempts < plan.attempts { connect(cluster) } else { close() }
        case .success(let channel):
            channel.closeFuture.assumeIsolated().whenComplete { _ in endpoint.connectionEnded() }
            guard !isClosed, let downstream else { return channel.close(promise: nil) }
            let side = TCPSide(self, isClient: false)
            do {
                try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
                try channel.pipeline.syncOperations.addHandler(side)
            } catch {
                channel.close(promise: nil)
                return close()
            }
            leave(.response(status: 200))
            upstream = side
            downstream.begin()
            side.begin()
            if downstream.isOutputClosed { close() }
        }
    }

    private func leave(_ outcome: RequestOutcome?) {
        guard let endpoint, let cluster else { return }
        cluster.finish(endpoint, outcome)
        self.endpoint = nil
    }

    private func schedule() {
        var next: NIODeadline?
        if let idle = plan.idleTimeout { next = lastActivity + idle }
        if let limit = plan.maxDuration { next = min(start + limit, next ?? start + limit) }
        guard let next else { return }
        // A loop that shuts down takes no callbacks; its connections end with it.
        callback = try? worker.eventLoop.assumeIsolated().scheduleCallback(at: next, handler: self)
    }
}

extension TCPRelay: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        callback = nil
        let now = NIODeadline.now()
        if let idle = plan.idleTimeout, lastActivity + idle <= now { return close() }
        if let limit = plan.maxDuration, start + limit <= now { return close() }
        schedule()
    }
}
