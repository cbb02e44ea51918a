import NIOCore
import NIOTLS
import OpenSSL
import ServerCore

/// Waits for the end of the handshake, lets the inner initializer add its handlers, and removes itself.
///
/// It stands behind the TLS handler, which announces the end of the handshake before it delivers a byte. The handover
/// happens within that announcement, so nothing has to be kept and nothing can be lost or overtaken. Events from before
/// the handover are not repeated: whoever joins late asks `ConnectionContext.serverState`.
final class HandoverHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let inner: any ConnectionInitializer
    private let tls: TLSHandler
    private let failed: @Sendable (any Error, ConnectionContext) -> Void
    private var connection: ConnectionContext
    private var hasReported = false
    /// Whether the inner layer has taken over.
    private var isDone = false

    /// Makes the handler of one connection.
    init(
        inner: any ConnectionInitializer,
        tls: TLSHandler,
        connection: ConnectionContext,
        failed: @escaping @Sendable (any Error, ConnectionContext) -> Void
    ) {
        self.inner = inner
        self.tls = tls
        self.connection = connection
        self.failed = failed
    }

    /// Hands over when the handshake is complete; other events pass.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard !isDone, case .handshakeCompleted(let negotiatedProtocol) = event as? TLSUserEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        guard handOver(context, negotiatedProtocol) else { return }
        context.fireUserInboundEventTriggered(event)
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    /// Reports why the handshake failed; the TLS handler closes the channel.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone else {
            context.fireErrorCaught(error)
            return
        }
        guard !(error is OpenSSLError) else { return report(error) }
        if error is IOError {
            // The client has reset the connection.
            report(OpenSSLError(.handshakeInterrupted, "the connection broke during the handshake: \(error)"))
        } else {
            report(error)
        }
        context.close(promise: nil)
    }

    /// False when the inner initializer failed; the connection is then being closed.
    private func handOver(_ context: ChannelHandlerContext, _ negotiatedProtocol: String?) -> Bool {
        connection.isTLS = true
        connection.negotiatedProtocol = negotiatedProtocol
        connection.peerIdentity = tls.peerCertificate.map { PeerIdentity($0) }
        do {
            try inner.initialize(context.channel, connection)
            isDone = true
            return true
        } catch {
            report(error)
            context.close(promise: nil)
            return false
        }
    }

    /// Once a connection: a failure may be followed by others that it caused.
    private func report(_ error: any Error) {
        guard !hasReported else { return }
        hasReported = true
        failed(error, connection)
    }
}
