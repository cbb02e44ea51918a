import AdmissionWebhook
import Logging
import NIOCore
import NIOPosix
import Observability
import OpenSSL
import ServerCore
import ServerHTTP
import ServerTLS

/// The two servers and what they stand on.
extension WebhookProgram {
    /// Reviews bodies too large for the event loop; two at once, so that one cannot hold up all the others.
    static func pool() -> NIOThreadPool {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return pool
    }

    /// The source of certificates that the options name.
    static func certificates(
        _ command: WebhookCommand,
        _ registry: MetricRegistry,
        _ logger: Logger
    ) throws -> any CertificateSource {
        guard !command.selfSigned.selfSigned else {
            return try SelfSignedCertificates.rotator(
                command,
                metrics: RotationMetrics(registry: registry),
                logger: logger
            )
        }
        let files = try DevelopmentCertificate.files(command.server, logger: logger)
        return try reloader(files, command.server, logger)
    }

    /// Reads the certificates, and tells the log what becomes of them.
    private static func reloader(
        _ files: CertificateFiles,
        _ options: ServerOptions,
        _ logger: Logger
    ) throws(OpenSSLError) -> CertificateReloader {
        try CertificateReloader(
            files: files,
            clientNames: Set(options.clientName),
            applicationProtocols: ["http/1.1"]
        ) { report in
            let metadata: Logger.Metadata = ["result": "\(report.result)", "detail": "\(report.message)"]
            let level: Logger.Level =
                switch report.result {
                case .failed: .error
                case .expiring: .warning
                case .loaded, .unchanged: .notice
                }
            logger.log(level: level, "certificate", metadata: metadata)
        }
    }

    /// The HTTPS server that the API server calls.
    static func webhook(
        _ command: WebhookCommand,
        _ http: HTTPInitializer,
        _ contexts: TLSContextProvider,
        _ loops: MultiThreadedEventLoopGroup,
        _ state: ServerState,
        _ metrics: WebhookMetrics,
        _ logger: Logger
    ) -> Server {
        let tls = TLSConnectionInitializer(
            inner: http,
            contexts: contexts,
            limits: command.limits.tls
        ) { error, connection in
            metrics.countHandshakeFailure(error)
            let peer = connection.peer.map { "\($0)" } ?? "unknown"
            logger.debug("handshake failed", metadata: ["peer": "\(peer)", "detail": "\(error)"])
        }
        let listener = Listener(
            label: "webhook",
            address: command.server.listen,
            group: loops,
            limits: command.limits.connections(),
            state: state,
            initializer: tls,
            logger: logger
        )
        let grace = command.server.gracePeriod.amount
        let policy = DrainPolicy(
            gracePeriod: grace,
            lastCall: min(.seconds(5), grace),
            quietPeriod: command.server.quietPeriod.amount
        )
        return Server(listeners: [listener], state: state, drain: policy, logger: logger)
    }

    /// The plain server of probes and metrics, on a loop of its own.
    static func operations(_ options: ServerOptions, _ responder: OperationsResponder, _ logger: Logger) -> Server {
        var limits = HTTPServerLimits()
        limits.bodyBytes = 1024
        let state = ServerState()
        let listener = Listener(
            label: "operations",
            address: options.opsListen,
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1),
            limits: ConnectionLimits(total: 256, perSource: nil),
            state: state,
            initializer: HTTPInitializer(
                responder: responder,
                limits: limits,
                budget: ByteBudget(limit: 1 << 20),
                logger: logger
            ),
            logger: logger
        )
        return Server(listeners: [listener], state: state, drain: .immediate, logger: logger)
    }
}
