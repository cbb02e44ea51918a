import NIOCore
import OpenSSL
import ServerCore
import ServerTLS
import Synchronization

/// Puts the handlers of its filter chain on every connection of one listener.
///
/// ```
/// accepted -> (ConnectionInspector) -> (TLSHandler) -> HTTP1Downstream, which may become HTTP2Downstream
///                                                   -> HTTP2Downstream, as agreed by ALPN
///                                                   -> TCPSide
/// ```
final class ProxyInitializer: ConnectionInitializer {
    private let current: Mutex<ListenerPlan>
    private let workers: [ObjectIdentifier: NIOLoopBound<Worker>]
    private let failed: @Sendable (any Error, ConnectionContext) -> Void

    init(
        plan: ListenerPlan,
        workers: [ObjectIdentifier: NIOLoopBound<Worker>],
        failed: @escaping @Sendable (any Error, ConnectionContext) -> Void
    ) {
        current = Mutex(plan)
        self.workers = workers
        self.failed = failed
    }

    /// What happens to new connections.
    var plan: ListenerPlan {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        let plan = plan
        try plan.limit(channel)
        guard plan.inspects else {
            return try begin(plan.chain(for: nil) ?? plan.chains.first, nil, channel, connection)
        }
        let inspector = ConnectionInspector(
            timeout: plan.inspectionTimeout,
            continuesOnTimeout: plan.continuesOnTimeout
        ) { [self] channel, hello in
            try begin(plan.chain(for: hello), hello, channel, connection)
        }
        try channel.pipeline.syncOperations.addHandler(inspector)
    }

    private func begin(
        _ chain: ChainPlan?,
        _ hello: ClientHello?,
        _ channel: any Channel,
        _ connection: ConnectionContext
    ) throws {
        guard let chain else { throw ChannelError.eof }
        guard let credentials = chain.credentials else { return try serve(chain, channel, connection) }
        let limits = TLSHandlerLimits(
            handshakeTimeout: TimeAmount(chain.handshakeTimeout ?? .seconds(10)),
            shutdownTimeout: .seconds(2)
        )
        let context = try credentials.context(for: hello?.serverName ?? "", on: channel.eventLoop)
        let inner = ChainInitializer { [self] channel, connection in try serve(chain, channel, connection) }
        let pacer = { @Sendable [workers] (loop: any EventLoop) in workers[ObjectIdentifier(loop)]?.value.handshakes }
        let tls = TLSConnectionInitializer(
            inner: inner,
            context: context,
            pacer: pacer,
            limits: limits,
            failed: failed
        )
        try tls.initialize(channel, connection)
    }

    private func serve(_ chain: ChainPlan, _ channel: any Channel, _ connection: ConnectionContext) throws {
        guard let worker = workers[ObjectIdentifier(channel.eventLoop)]?.value else { throw ChannelError.eof }
        let counters = worker.counters(for: chain.statPrefix)
        let client = ClientConnection(channel, connection, identifier: worker.nextConnection())
        switch chain.service {
        case .tcp(let plan):
            try TCPRelay(plan: plan, worker: worker, counters: counters, client: client).begin(channel)
        case .http(let plan):
            let site = HTTPSite(plan: plan, worker: worker, counters: counters, client: client)
            try site.install(channel, negotiated: connection.negotiatedProtocol)
        }
    }
}

/// An initializer that is a function.
struct ChainInitializer: ConnectionInitializer {
    let body: @Sendable (any Channel, ConnectionContext) throws -> Void

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        try body(channel, connection)
    }
}
