public import NIOCore
import NIOTLS

/// Encrypts and decrypts the bytes of a channel: TLS as a handler, for either side.
///
/// Add it first. It announces the end of the handshake by `TLSUserEvent.handshakeCompleted` before it delivers any
/// byte, and a clean end by `TLSUserEvent.shutdownCompleted`. Errors arrive by `errorCaught` as ``OpenSSLError``; the
/// handler closes the channel itself after one. The handshake and the end have deadlines (``TLSHandlerLimits``).
///
/// Back-pressure is the channel's: plaintext is delivered as it is read, a read is asked for only when the layers above
/// ask or the handshake needs it, and what is flushed is encrypted and handed on at once.
public final class TLSHandler: ChannelDuplexHandler {
    /// Encrypted bytes from the peer.
    public typealias InboundIn = ByteBuffer
    /// Plaintext to the layers above.
    public typealias InboundOut = ByteBuffer
    /// Plaintext from the layers above.
    public typealias OutboundIn = ByteBuffer
    /// Encrypted bytes to the peer.
    public typealias OutboundOut = ByteBuffer

    let connection: TLSConnection
    let limits: TLSHandlerLimits
    let pacer: HandshakePacer?
    var lifecycle = TLSLifecycle()
    var pending = PendingWrites()
    /// Small writes of one flush, joined until they fill a record.
    var staging = ByteBuffer()
    /// Told when the channel is closed, if someone asked for that.
    var closePromise: EventLoopPromise<Void>?
    /// A request to end the output that came before the handshake was over.
    var heldOutputClose: HeldOutputClose?
    /// Whether the layers above asked for a read that has not delivered anything yet.
    var owesRead = false
    /// Whether the handshake can go on, and waits for its turn to do so.
    var isWaitingForTurn = false
    /// Whether a read was asked for while the handshake waits for its turn.
    var owesChannelRead = false
    /// Whether our side has ended and the peer's is awaited.
    var isLingering = false
    /// The one timer: the handshake's deadline, then the end's.
    private var deadline: NIOScheduledCallback?
    /// The handler's place in the pipeline, from its addition to its removal.
    private(set) var context: ChannelHandlerContext?

    /// Makes the handler of one connection.
    ///
    /// - Parameters:
    ///   - context: The settings; its kind decides who begins.
    ///   - serverName: For clients: the name to ask for and to check, as ``TLSConnection`` says.
    ///   - server: For clients: whose session may be resumed, as ``TLSConnection`` says.
    ///   - limits: The deadlines and bounds.
    ///   - pacer: Who decides when the handshake goes on; nil for whenever it can.
    /// - Throws: As ``TLSConnection`` does.
    public init(
        _ context: TLSContext,
        serverName: String? = nil,
        resuming server: String? = nil,
        limits: TLSHandlerLimits = TLSHandlerLimits(),
        pacer: HandshakePacer? = nil
    ) throws(OpenSSLError) {
        connection = try TLSConnection(context, serverName: serverName, resuming: server)
        self.limits = limits
        self.pacer = pacer
    }

    /// The certificate that the peer proved to own and that was verified, or nil when it sent none.
    ///
    /// Known from the end of the handshake on; read it on the event loop.
    public var peerCertificate: Certificate? {
        connection.peerCertificate
    }

    /// The certificate that the peer was shown; known from the end of the handshake on.
    public var ownCertificate: Certificate? {
        connection.ownCertificate
    }

    /// The name that the client asked for; known from the end of the handshake on.
    public var serverName: String? {
        connection.serverName
    }

    /// The version that was agreed on; known from the end of the handshake on.
    public var version: TLSVersion? {
        connection.version
    }

    /// The cipher suite that was agreed on; known from the end of the handshake on.
    public var cipherSuite: String? {
        connection.cipherSuite
    }

    /// Begins when the channel is active already.
    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin(context) }
    }

    /// Lets go of everything that waits.
    public func handlerRemoved(context: ChannelHandlerContext) {
        cancelDeadline()
        failPending(ChannelError.ioOnClosedChannel)
        closePromise?.succeed()
        closePromise = nil
        self.context = nil
    }

    /// Begins the handshake.
    public func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    /// Tells an expected end from one that cut something off.
    public func channelInactive(context: ChannelHandlerContext) {
        cancelDeadline()
        let verdict = lifecycle.end()
        failPending(ChannelError.ioOnClosedChannel)
        switch verdict {
        case .expected:
            break
        case .interruptedHandshake:
            context.fireErrorCaught(
                OpenSSLError(.handshakeInterrupted, "the peer closed the connection during the handshake")
            )
        case .truncated:
            context.fireErrorCaught(OpenSSLError(.uncleanShutdown, "the connection ended without close_notify"))
        }
        let promise = closePromise
        closePromise = nil
        context.fireChannelInactive()
        promise?.succeed()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard lifecycle.begin() else { return }
        schedule(after: limits.handshakeTimeout, context)
        advanceHandshake(context)
    }

    /// Replaces the timer.
    func schedule(after delay: TimeAmount, _ context: ChannelHandlerContext) {
        cancelDeadline()
        let loop = context.eventLoop
        do {
            deadline = try loop.assumeIsolated().scheduleCallback(at: loop.now + delay, handler: self)
        } catch {
            // The loop is shutting down: there is no later in which to wait.
            context.close(promise: nil)
        }
    }

    /// Stops the timer.
    func cancelDeadline() {
        deadline?.cancel()
        deadline = nil
    }
}

extension TLSHandler: NIOScheduledCallbackHandler {
    /// A deadline has passed.
    public func handleScheduledCallback(eventLoop: some EventLoop) {
        deadline = nil
        guard let context else { return }
        deadlinePassed(context)
    }
}
