import AccessLog
import LoadBalancing
import NIOCore
import NIOPosix
import ProxyConfiguration
import Synchronization

/// One connection of a client with one to an endpoint, joined byte for byte: `tcp_proxy`.
///
///     connecting --endpoint reached--> joined --both ends have ended, or nothing moved for too long--> closed
///
/// An end of one direction is passed on while the other goes on, always behind what was written; a connection that is
/// reset is passed on as a reset, so that nobody takes a part for the whole. The side that cannot write stops the
/// other's reading.
final class TCPRelay {
    let plan: TCPPlan
    let worker: Worker
    let client: ClientConnection
    private let counters: DownstreamCounters
    private(set) var cluster: UpstreamCluster?
    private var endpoint: UpstreamEndpoint?
    private var attempted = AttemptedEndpoints()
    private var downstream: TCPSide?
    private var upstream: TCPSide?
    private var isClosed = false
    private var lastActivity = NIODeadline.now()
    let start = NIODeadline.now()
    private(set) var attempts = 0
    private(set) var bytesReceived = 0
    private(set) var bytesSent = 0
    private(set) var upstreamHost = ""
    private(set) var upstreamLocalAddress: String?
    private(set) var flags: ResponseFlags = []
    /// What went wrong, in a sentence.
    private(set) var reason = ""
    private(set) var transportFailure: String?
    private var callback: NIOScheduledCallback?

    init(plan: TCPPlan, worker: Worker, counters: DownstreamCounters, client: ClientConnection) {
        self.client = client
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
        guard !worker.tables.isShortOfMemory.load(ordering: .relaxed),
            let found = plan.target.choose(worker.identifier.next()),
            let cluster = worker.cluster(found.index, named: found.name)
        else {
            return fail(.noClusterFound, "there is no such cluster")
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
        if fromClient {
            bytesReceived += count
            counters.received.add(count)
        } else {
            bytesSent += count
            counters.sent.add(count)
        }
    }

    /// A connection has ended: what it sent still reaches the other one.
    func ended(_ side: TCPSide) {
        guard !isClosed else { return }
        guard let other = other(than: side) else { return close() }
        // Nothing that the other one sends can be delivered any more.
        other.finish(resets: side.hasFailed)
        if other.isGone { close() }
    }

    /// Closes both connections.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        counters.activeConnections.add(-1)
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        leave(nil)
        log()
        let sides = [downstream, upstream]
        downstream = nil
        upstream = nil
        for side in sides { side?.close() }
    }

    private func connect(_ cluster: UpstreamCluster) {
        attempts += 1
        let hash = plan.hashesAddress ? XXHash64.hash(client.peer.utf8.span) : nil
        guard let endpoint = cluster.choose(hash: hash, excluding: attempted) else {
            return fail(.noHealthyUpstream, "cluster \(cluster.name) has no healthy endpoint")
        }
        upstreamHost = endpoint.key
        if let index = endpoint.index { attempted.insert(index) }
        self.endpoint = endpoint
        guard cluster.context.acquire(.connection) else {
            return fail(.upstreamOverflow, "cluster \(cluster.name) has too many connections")
        }
        let bound = NIOLoopBound((self, endpoint), eventLoop: worker.eventLoop)
        endpoint.connectPlain { result in
            let (relay, endpoint) = bound.value
            relay.connected(result, endpoint)
        }
    }

    private func connected(_ result: Result<any Channel, ConnectFailure>, _ endpoint: UpstreamEndpoint) {
        switch result {
        case .failure(let failure):
            guard !isClosed, let cluster else { return }
            leave(.connectionFailed)
            guard attempts >= plan.attempts else { return connect(cluster) }
            flags.insert(.upstreamRetryLimitExceeded)
            transportFailure = failure.transportReason
            fail(.upstreamConnectionFailure, failure.reason(cluster: cluster.name))
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
            upstreamLocalAddress = ClientConnection.text(channel.localAddress)
            upstream = side
            downstream.begin()
            side.begin()
            if downstream.isOutputClosed { close() }
        }
    }

    /// Ends what never became a connection to an endpoint.
    private func fail(_ flag: ResponseFlag, _ reason: String) {
        flags.insert(flag)
        self.reason = reason
        close()
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
        if let limit = plan.maxDuration, start + limit <= now {
            flags.insert(.durationTimeout)
            return close()
        }
        schedule()
    }
}
