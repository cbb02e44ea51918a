import HTTP1
import NIOCore
import ServerCore

/// Everything that one event loop owns: its clusters with their connections, its counters and its clock.
///
/// Touched only on its loop; nothing is shared with other loops but the counters, which others may read.
final class Worker {
    let eventLoop: any EventLoop
    /// The clusters in the order of the configuration.
    var clusters: [UpstreamCluster] = []
    let state: ServerState
    var identifier = RequestIdentifier()
    private var date = ""
    private var dateSecond = 0
    private var isSweeping = false

    /// How often idle connections to endpoints are looked at.
    private static let sweepInterval = TimeAmount.milliseconds(500)

    init(eventLoop: any EventLoop, state: ServerState) {
        self.eventLoop = eventLoop
        self.state = state
    }

    /// The cluster at `index` of the configuration.
    func cluster(_ index: Int) -> UpstreamCluster? {
        clusters.indices.contains(index) ? clusters[index] : nil
    }

    /// The value of `Date`, made once a second.
    func currentDate() -> String {
        let second = HTTPDate.now()
        if second != dateSecond || date.isEmpty {
            dateSecond = second
            date = HTTPDate.text(second)
        }
        return date
    }

    /// Has idle connections closed in time, as long as there are any.
    func scheduleSweep() {
        guard !isSweeping else { return }
        // A loop that shuts down takes no callbacks; then all connections end anyway.
        isSweeping = (try? eventLoop.assumeIsolated().scheduleCallback(in: Self.sweepInterval, handler: self)) != nil
    }
}

extension Worker: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        isSweeping = false
        let now = NIODeadline.now()
        var left = 0
        for cluster in clusters { left += cluster.closeIdle(before: now) }
        if left > 0 { scheduleSweep() }
    }
}
