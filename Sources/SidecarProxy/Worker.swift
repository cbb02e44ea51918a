import AccessLog
import HTTP1
import NIOCore
import OpenSSL
import ProxyConfiguration
import ServerCore
import Synchronization

/// Everything that one event loop owns: its clusters with their connections, its counters and its clock.
///
/// Touched only on its loop; nothing is shared with other loops but the counters, which others may read.
final class Worker {
    let eventLoop: any EventLoop
    let state: ServerState
    let tables: ProxyTables
    var identifier = RequestIdentifier()
    /// The clusters in the order of the configuration.
    private(set) var clusters: [UpstreamCluster] = []
    private var clustersByName: [String: UpstreamCluster] = [:]
    private var sites: [String: PlanSlot] = [:]
    private var downstream: [String: DownstreamCounters] = [:]
    /// By the name of the cluster and its name in metrics.
    private var upstream: [[String]: ClusterCounters] = [:]
    private let loops: Int
    private var date = ""
    private var dateSecond = 0
    private var isSweeping = false
    /// Connections that have something to send.
    let flushes: FlushRound
    /// Connections that are to be made.
    let connects: ConnectRound
    /// When the handshakes of clients go on.
    let handshakes: HandshakePacer
    /// Moves bytes between connections; nil before it is needed.
    private var pipe: SplicePipe?
    /// Whether the pipe was asked for since the last sweep.
    private var isPipeUsed = false
    /// Memory for answers, kept from one to the next.
    private var outputs: [ByteBuffer] = []

    /// How often idle connections to endpoints are looked at.
    private static let sweepInterval = TimeAmount.milliseconds(500)
    /// The size of the memory for an answer: a head with a small body.
    private static let outputBytes = 4096
    /// How many such, up to four times as large, are kept.
    private static let outputLimit = 32

    init(eventLoop: any EventLoop, loops: Int, state: ServerState, tables: ProxyTables) {
        self.eventLoop = eventLoop
        flushes = FlushRound(eventLoop)
        connects = ConnectRound(eventLoop)
        handshakes = HandshakePacer(eventLoop: eventLoop)
        self.loops = loops
        self.state = state
        self.tables = tables
    }

    /// Takes a configuration: requests that have begun keep what they began with.
    ///
    /// Clusters that have not changed keep their connections and what is known of their endpoints.
    func apply(_ snapshot: ProxySnapshot) {
        var old = clustersByName
        clusters = zip(snapshot.bootstrap.clusters, snapshot.clusterCredentials).map { configuration, credentials in
            if let kept = old[configuration.name], kept.configuration == configuration {
                old[configuration.name] = nil
                return kept
            }
            return UpstreamCluster(configuration, worker: self, loops: loops, credentials: credentials)
        }
        clustersByName = Dictionary(clusters.map { ($0.name, $0) }) { first, _ in first }
        for cluster in old.values {
            cluster.retire()
            guard clustersByName[cluster.name]?.counters !== cluster.counters else { continue }
            cluster.counters.members.set(0)
            cluster.counters.healthyMembers.set(0)
        }
        for chain in snapshot.listeners.flatMap(\.all) {
            _ = counters(for: chain.statPrefix)
            if case .http(let plan) = chain.service { sites[plan.key, default: PlanSlot(plan)].plan = plan }
        }
    }

    /// The cluster at `index` of the configuration, which is called `name`.
    func cluster(_ index: Int, named name: String) -> UpstreamCluster? {
        // A connection may still have the plan of another configuration.
        if clusters.indices.contains(index), clusters[index].name == name { return clusters[index] }
        return clustersByName[name]
    }

    /// Where connections with `plan` find the plan of their next request.
    func slot(for plan: ConnectionPlan) -> PlanSlot {
        if let slot = sites[plan.key] { return slot }
        let slot = PlanSlot(plan)
        sites[plan.key] = slot
        return slot
    }

    /// The counters of the connection managers with this prefix.
    func counters(for statPrefix: String) -> DownstreamCounters {
        if let counters = downstream[statPrefix] { return counters }
        let counters = DownstreamCounters()
        downstream[statPrefix] = counters
        tables.downstream.add(counters, for: statPrefix)
        return counters
    }

    /// The counters of a cluster, which go on when another configuration changes it.
    func clusterCounters(for configuration: ClusterConfiguration) -> ClusterCounters {
        let label = configuration.statName ?? configuration.name
        if let counters = upstream[[configuration.name, label]] { return counters }
        let counters = ClusterCounters()
        upstream[[configuration.name, label]] = counters
        tables.clusters.add(counters, for: label)
        return counters
    }

    /// A number that no other connection has.
    func nextConnection() -> UInt64 { tables.connections.add(1, ordering: .relaxed).newValue }

    /// Keeps a request that has failed, for `/why`.
    func remember(_ record: borrowing LogRecord, request: ByteBuffer, reason: String, authority: String = "") {
        var lines = HeadLines(request.readableBytesView)
        let words = lines.next()?.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) } ?? []
        var host = authority
        var identifier = ""
        while let line = lines.next() {
            let text = String(decoding: line, as: UTF8.self)
            let lowered = text.lowercased()
            if lowered.hasPrefix("host:") { host = String(text.dropFirst(5).drop { $0 == " " }) }
            if lowered.hasPrefix("x-request-id:") { identifier = String(text.dropFirst(13).drop { $0 == " " }) }
        }
        let entry = FailureEntry(
            record,
            method: words.first ?? "",
            authority: host,
            path: words.dropFirst().first ?? "",
            requestID: identifier,
            reason: reason
        )
        tables.failures.withLock { $0[ObjectIdentifier(eventLoop), default: FailureRing()].append(entry) }
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

    /// Gives out memory to write an answer to.
    func takeOutput() -> ByteBuffer {
        outputs.popLast() ?? ByteBufferAllocator().buffer(capacity: Self.outputBytes)
    }

    /// Takes the memory of an answer back, unless something of it still waits to be sent.
    ///
    /// Few answers are written at a time: so idle connections hold no memory for them, and none is allocated.
    func returnOutput(_ buffer: inout ByteBuffer) {
        guard outputs.count < Self.outputLimit, buffer.capacity <= 4 * Self.outputBytes,
            buffer.modifyIfUniquelyOwned({ $0.clear() }) != nil
        else { return }
        outputs.append(buffer)
    }

    /// Gives out the pipe by which the kernel moves bytes; nil when there are no descriptors left, or it is not allowed.
    func takePipe() -> SplicePipe? {
        if pipe?.isBroken ?? true { pipe = SplicePipe() }
        guard let pipe, !pipe.isRefused else { return nil }
        isPipeUsed = true
        scheduleSweep()
        return pipe
    }

    /// Gives the pipe back when nobody has asked for it for a while: the system limits what pipes of a user hold in sum
    /// (pipe(7), `pipe-user-pages-soft`), and the proxies of a node may have the same user.
    ///
    /// - Returns: Whether there still is one to look at.
    private func dropUnusedPipe() -> Bool {
        guard let kept = pipe, !kept.isRefused else { return false }
        if !isPipeUsed { pipe = nil }
        isPipeUsed = false
        return pipe != nil
    }

    /// Has idle connections closed in time, as long as there are any, and the pipe given back.
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
        if dropUnusedPipe() || left > 0 { scheduleSweep() }
    }
}
