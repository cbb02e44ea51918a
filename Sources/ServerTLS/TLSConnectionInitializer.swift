public import NIOCore
public import OpenSSL
public import ServerCore

/// Puts TLS beneath another layer.
///
/// The inner initializer runs once the handshake is complete, with the negotiated protocol and the verified identity of
/// the peer in its context, and before the first byte of plaintext is delivered. By then the channel is active, so its
/// handlers begin in `handlerAdded` and see no `channelActive`, as is the rule for handlers that join late. A connection
/// whose handshake fails never reaches it.
///
/// ```
/// Listener -> TLSConnectionInitializer(inner: HTTP...) -> TLSContextProvider <- CertificateReloader
/// ```
public struct TLSConnectionInitializer: ConnectionInitializer {
    private let inner: any ConnectionInitializer
    private let context: @Sendable (any EventLoop) throws(OpenSSLError) -> TLSContext
    private let pacer: @Sendable (any EventLoop) -> HandshakePacer?
    private let limits: TLSHandlerLimits
    private let failed: @Sendable (any Error, ConnectionContext) -> Void

    /// Makes the initializer.
    ///
    /// - Parameters:
    ///   - inner: The layer above TLS.
    ///   - contexts: Where each event loop gets its settings and certificates.
    ///   - limits: The deadlines and bounds of a connection.
    ///   - failed: Told, on the connection's loop, of every connection that never reached the inner layer: with an
    ///     `OpenSSLError` when its handshake failed, else with what the inner initializer threw. For a counter and a log.
    public init(
        inner: any ConnectionInitializer,
        contexts: TLSContextProvider,
        limits: TLSHandlerLimits = TLSHandlerLimits(),
        failed: @escaping @Sendable (any Error, ConnectionContext) -> Void = { _, _ in }
    ) {
        self.inner = inner
        context = { (loop) throws(OpenSSLError) in try contexts.context(for: loop) }
        pacer = { contexts.pacer(for: $0) }
        self.limits = limits
        self.failed = failed
    }

    /// Makes the initializer of connections whose settings have been chosen already.
    ///
    /// - Parameters:
    ///   - inner: The layer above TLS.
    ///   - context: The settings, of the connections' event loop.
    ///   - pacer: Who decides when handshakes go on, by their event loop.
    ///   - limits: The deadlines and bounds of a connection.
    ///   - failed: Told of every connection that never reached the inner layer.
    public init(
        inner: any ConnectionInitializer,
        context: TLSContext,
        pacer: @escaping @Sendable (any EventLoop) -> HandshakePacer?,
        limits: TLSHandlerLimits,
        failed: @escaping @Sendable (any Error, ConnectionContext) -> Void
    ) {
        self.inner = inner
        self.context = { _ in context }
        self.pacer = pacer
        self.limits = limits
        self.failed = failed
    }

    /// Adds the TLS handler, and a handler that calls the inner initializer after the handshake.
    public func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        let loop = channel.eventLoop
        let tls = try TLSHandler(context(loop), limits: limits, pacer: pacer(loop))
        let handover = HandoverHandler(inner: inner, tls: tls, connection: connection, failed: failed)
        try channel.pipeline.syncOperations.addHandlers([tls, handover])
    }
}
