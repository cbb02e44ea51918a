public import Logging
import NIOCore
import NIOPosix
import Observability
import ProxyConfiguration
public import ServerCore
import ServerHTTP
import Synchronization

/// A running proxy: its listeners on the data loops, its health, metrics and admin ports on a loop of their own.
///
/// Where it differs from Envoy with the same file:
///
/// | matter | Envoy | here |
/// |---|---|---|
/// | route timeout | 15 s | none unless the route has one |
/// | idle connections to endpoints | 1 h | 3 s |
/// | connection refused, more endpoints there | 503 | the next endpoint is tried |
/// | kept connection closed before an answer | 503 UC | an idempotent request is sent once more |
/// | `server` of the response | overwritten | kept |
/// | letter case of headers | lowered | kept |
/// | HTTP/1.0 requests | 426 | served |
/// | WebSocket upgrades | when configured | always |
/// | response that breaks HTTP | 502 | 502, and every framing doubt counts as broken |
/// | more than 64 addresses in an `x-forwarded-for` that is appended to | forwarded | 508, for it goes in a circle |
/// | 90 % of the container's memory in use | nothing unless an overload manager is set | new requests get 503 OM |
///
/// As in Envoy, `x-forwarded-for` is appended only with `use_remote_address` (the short form sets it),
/// `x-forwarded-proto` and `x-request-id` are added where missing, and `Expect: 100-continue` is met here.
public final class ProxyServer: Sendable {
    /// Where the proxy is in its life.
    public let state = ServerState()

    let settings: ProxySettings
    let listeners: [Listener]
    let initializers: [ProxyInitializer]
    let tables = ProxyTables()
    let health = HealthSwitch()
    let logger: Logger
    let started = NIODeadline.now()
    private let dataLoops: MultiThreadedEventLoopGroup
    let operationsLoop: MultiThreadedEventLoopGroup
    private let operationsState = ServerState()
    let reloads = ReloadCounters()
    let exporters: SpanExporters
    let workers: [ObjectIdentifier: NIOLoopBound<Worker>]
    private let current: Mutex<ProxySnapshot>

    /// Prepares a proxy; nothing is bound before ``start()``.
    ///
    /// - Throws: When an address of the configuration is not one.
    public init(settings: ProxySettings, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        dataLoops = MultiThreadedEventLoopGroup(numberOfThreads: max(1, settings.concurrency))
        operationsLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loops = Array(dataLoops.makeIterator())
        let state = state
        let tables = tables
        let snapshot = try ProxySnapshot(settings.bootstrap, spans: tables.spans)
        exporters = SpanExporters(tables.spans, group: operationsLoop, version: settings.version, logger: logger)
        current = Mutex(snapshot)
        for plan in snapshot.listeners { plan.openLogs(tables.sinks) }
        var workers: [ObjectIdentifier: NIOLoopBound<Worker>] = [:]
        for loop in loops {
            workers[ObjectIdentifier(loop)] = try await loop.submit {
                let worker = Worker(eventLoop: loop, loops: loops.count, state: state, tables: tables)
                worker.apply(snapshot)
                return NIOLoopBound(worker, eventLoop: loop)
            }.get()
        }
        self.workers = workers
        let bound = workers
        initializers = snapshot.listeners.map { plan in
            ProxyInitializer(plan: plan, workers: bound) { error, connection in
                let peer = connection.peer?.ipAddress ?? "unknown"
                logger.debug("no TLS", metadata: ["peer": "\(peer)", "error": "\(error)"])
            }
        }
        let group = dataLoops
        listeners = zip(settings.bootstrap.listeners, initializers).map { listener, initializer in
            Listener(
                label: listener.name.isEmpty ? listener.address.description : listener.name,
                address: ListenAddress(host: listener.address.host, port: listener.address.port),
                mode: loops.count > 1 ? .perLoop : .single,
                group: group,
                limits: ConnectionLimits(total: 50_000, perSource: nil),
                state: state,
                initializer: initializer,
                logger: logger
            )
        }
    }

    /// Takes `snapshot` for the one in use; the loops have it already.
    func use(_ snapshot: ProxySnapshot) { current.withLock { $0 = snapshot } }

    /// The configuration in use.
    var snapshot: ProxySnapshot { current.withLock { $0 } }

    /// The ports in use by the listeners, in their order; 0 for one that is not bound.
    public var ports: [Int] { listeners.map { $0.boundPort ?? 0 } }

    /// Binds everything and becomes ready; the operations ports come first, so that probes are answered at once.
    ///
    /// - Parameter quit: Called, at most once, when the admin port is told to end the process.
    /// - Throws: When an address cannot be had.
    public func start(quit: @escaping @Sendable () -> Void) async throws {
        let operations = OperationsResponder(server: self, quit: quit)
        for (label, address, role) in [
            ("health", settings.health, OperationsResponder.Role.health),
            ("metrics", settings.metrics, .metrics), ("admin", settings.admin, .admin),
        ] {
            guard let address else { continue }
            try await bindOperations(label, address, operations.playing(role))
        }
        for listener in listeners { try await listener.bind() }
        try exporters.follow(snapshot)
        state.advance(to: .ready)
    }

    private func bindOperations(_ label: String, _ address: NetworkAddress, _ responder: OperationsResponder)
        async throws
    {
        var limits = HTTPServerLimits()
        limits.bodyBytes = 64 * 1024
        let listener = Listener(
            label: label,
            address: ListenAddress(host: address.host, port: address.port),
            group: operationsLoop,
            limits: ConnectionLimits(total: 256, perSource: nil),
            state: operationsState,
            initializer: HTTPInitializer(responder: responder, limits: limits, logger: logger),
            logger: logger
        )
        try await listener.bind()
        health.keep(listener)
    }

    /// The ports of health, metrics and admin in this order, as far as they are on.
    public var operationsPorts: [Int] { health.listeners.map { $0.boundPort ?? 0 } }

    /// Asks every client to leave with its next response, and fails readiness; goes on accepting.
    public func beginDrain() {
        guard state.advance(to: .draining) else { return }
        listeners.forEach { $0.send(.started) }
    }

    /// Leaves as ``ExitPolicy`` says; returns when all sockets are closed.
    public func leave() async {
        beginDrain()
        logger.info("leaving", metadata: ["requests": "\(activeRequests)", "connections": "\(activeConnections)"])
        await waitUntilOver()
        listeners.forEach { $0.send(.lastCall) }
        for listener in listeners {
            await listener.close()
            listener.closeConnections()
        }
        for listener in health.listeners { await listener.close() }
        await exporters.stop(within: .milliseconds(300))
        tables.sinks.flush(within: .milliseconds(200))
        state.advance(to: .stopped)
    }

    /// Requests under way.
    var activeRequests: Int {
        tables.downstream.all.flatMap(\.counters).reduce(0) { $0 + $1.activeRequests.current }
    }
    /// Clients connected.
    var activeConnections: Int { listeners.reduce(0) { $0 + $1.counters.active } }
}
