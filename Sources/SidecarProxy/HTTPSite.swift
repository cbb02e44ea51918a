import NIOCore
import ProxyConfiguration

/// Where a connection of HTTP has come to: everything that its handlers are made of.
final class HTTPSite {
    let slot: PlanSlot
    let worker: Worker
    let counters: DownstreamCounters
    let client: ClientConnection

    init(plan: ConnectionPlan, worker: Worker, counters: DownstreamCounters, client: ClientConnection) {
        slot = worker.slot(for: plan)
        self.worker = worker
        self.counters = counters
        self.client = client
    }

    /// What happens to the next request.
    var plan: ConnectionPlan { slot.plan }

    /// Puts the handlers of the version that was agreed on the channel; without ALPN the first bytes tell.
    func install(_ channel: any Channel, negotiated: String?) throws {
        // A client may end its sending side behind a complete request and still wait for the answer.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        guard negotiated != "h2" else { return try installHTTP2(channel, after: nil) }
        try channel.pipeline.syncOperations.addHandler(HTTP1Downstream(self))
    }

    /// Puts HTTP/2 on the channel.
    func installHTTP2(_ channel: any Channel, after previous: HTTP1Downstream?) throws {
        let handler = HTTP2Downstream(self)
        let pipeline = channel.pipeline.syncOperations
        guard let previous else { return try pipeline.addHandler(handler) }
        try pipeline.addHandler(handler, position: .after(previous))
    }
}
