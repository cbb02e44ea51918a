import AdmissionWebhook
import Glibc
import Injection
import JSON
import Logging
import NIOCore
import NIOPosix
import Observability
import OpenSSL
import ServerCore
import ServerHTTP
import ServerTLS
import ServiceLifecycle
import SidecarCatalog
import Tracing
import UnixSignals

/// The webhook server, put together: `Listener` <- TLS <- HTTP <- `AdmissionResponder` <- engine.
struct WebhookProgram {
    private let command: WebhookCommand
    private let logger: Logger
    private let store: CatalogStore
    private let certificates: any CertificateSource
    private let catalogs: CatalogReloader
    private let metrics: WebhookMetrics
    private let webhook: Server
    private let operations: Server
    private let group: ServiceGroup

    /// Reads certificate and catalog and prepares everything; nothing is bound yet.
    ///
    /// - Throws: What is wrong with the certificate or the catalog.
    init(command: WebhookCommand, logger: Logger, decisions: FieldLog, sink: LogSink) throws {
        try OpenSSLVersion.requireSupported()
        FileDescriptorLimit.raise()
        LargeBlocks.keepApart()
        self.command = command
        self.logger = logger
        let path = try command.catalog.path()
        let settings = command.engine.settings
        let loaded = try command.catalog.loadStamped()
        store = CatalogStore(loaded.catalog, settings: settings)
        let registry = MetricRegistry()
        certificates = try Self.certificates(command, registry, logger)
        catalogs = CatalogReloader(path: path, store: store, stamp: loaded.stamp) { [logger, store] outcome in
            CatalogLog.write(outcome, hash: store.snapshot.catalog.hash, to: logger)
        }
        let state = ServerState()
        metrics = WebhookMetrics(registry: registry, sink: sink, certificates: certificates)
        let health = WebhookHealth(state: state, store: store, certificates: certificates)
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: command.server.threads)
        let load = AdmissionLoad(
            loops: Array(loops.makeIterator()),
            longestTurn: command.limits.overloadDelay.duration,
            queueLimit: command.limits.maxQueuedReviews
        )
        let spans = SpanQueue()
        let exporter = try command.tracing.exporter(spans) { [logger] problem in
            guard let problem else { return logger.notice("spans are taken again") }
            logger.warning("spans cannot be sent", metadata: ["detail": "\(problem)"])
        }
        let responder = AdmissionResponder(
            store: store,
            metrics: AdmissionMetrics(registry: registry, store: store),
            log: DecisionLog(decisions),
            liveness: health.liveness,
            readiness: health.readiness,
            pool: Self.pool(),
            load: load,
            tracer: exporter.map { _ in Tracer(queue: spans, share: command.tracing.traceShare) },
            requiresClientCertificate: command.server.clientCa != nil
        )
        let http = HTTPInitializer(
            responder: responder,
            limits: command.limits.http(),
            budget: command.limits.budget(),
            counters: metrics.http,
            logger: logger
        )
        webhook = Self.webhook(command, http, certificates.contexts, loops, state, metrics, logger)
        operations = Self.operations(
            command.server,
            OperationsResponder(liveness: health.liveness, readiness: health.readiness, registry: registry),
            logger
        )
        metrics.observe(webhook)
        if let exporter { metrics.observe(exporter, spans) }
        metrics.observe(command.limits, http, load)
        var configuration = ServiceGroupConfiguration(
            // Stopped in reverse order: the webhook drains while the probes are still answered and spans are sent.
            services: [operations] + (exporter.map { [$0] } ?? []) + [certificates, catalogs, webhook],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = command.server.gracePeriod.duration + .seconds(5)
        group = ServiceGroup(configuration: configuration)
    }

    /// Binds, serves until a signal, and drains.
    ///
    /// - Parameter signals: SIGTERM, SIGINT and SIGHUP, trapped since before anything was read or bound.
    /// - Throws: An address that cannot be bound, or a file that cannot be written.
    func run(until signals: UnixSignalsSequence) async throws {
        try await operations.start()
        try await webhook.start()
        try announce()
        ProgramText.release()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { await obey(signals) }
            tasks.addTask { await FreedMemory.giveBack() }
            // The server's end is the program's end; the others would go on for ever.
            try await tasks.next()
            tasks.cancelAll()
        }
    }

    private func obey(_ signals: UnixSignalsSequence) async {
        var isLeaving = false
        for await signal in signals {
            guard signal != .sighup else {
                _ = try? await certificates.reload()
                _ = try? await catalogs.reload()
                continue
            }
            guard !isLeaving else {
                logger.warning("ended by a second signal")
                _exit(1)
            }
            isLeaving = true
            await group.triggerGracefulShutdown()
        }
    }

    private func announce() throws {
        let addresses = (webhook: Self.address(of: webhook), operations: Self.address(of: operations))
        let catalog = store.snapshot.catalog
        logger.notice(
            "serving",
            metadata: [
                "listen": "\(addresses.webhook)", "ops_listen": "\(addresses.operations)", "catalog": "\(catalog.name)",
                "catalog_hash": "\(catalog.hash)", "sidecars": "\(catalog.sidecars.count)",
                "openssl": "\(OpenSSLVersion.text)",
                "version": "\(Pillion.version)",
            ]
        )
        if command.server.clientCa == nil {
            logger.notice("without --client-ca whoever reaches the port can ask")
        }
        if command.server.tlsCert == nil, !command.selfSigned.selfSigned, let port = webhook.listeners.first?.boundPort
        {
            Console.note(
                "try: curl --cacert \(DevelopmentCertificate.folder)/ca.crt https://localhost:\(port)/readyz?verbose"
            )
            Console.note(
                "for a cluster: pillion webhook --print-manifests --ca-bundle \(DevelopmentCertificate.folder)/ca.crt"
            )
        }
        guard let file = command.server.portFile else { return }
        let json: JSONValue = ["listen": .string(addresses.webhook), "ops": .string(addresses.operations)]
        try OutputFile.write(JSONWriter.compact(json), to: file, mode: 0o644)
    }

    private static func address(of server: Server) -> String {
        guard let address = server.listeners.first?.boundAddress, let port = address.port else { return "" }
        let host = address.ipAddress ?? ""
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
