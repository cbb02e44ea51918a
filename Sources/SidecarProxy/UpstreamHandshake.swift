import NIOCore
import NIOTLS
import OpenSSL

/// Waits for the end of the handshake with an endpoint and hands the connection over.
final class UpstreamHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let endpoint: UpstreamEndpoint
    private let tls: TLSHandler
    private var isDone = false

    init(endpoint: UpstreamEndpoint, tls: TLSHandler) {
        self.endpoint = endpoint
        self.tls = tls
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard !isDone, case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        if let reason = endpoint.context.credentials?.refusal(of: tls.peerCertificate) {
            return fail(context, .secure(reason))
        }
        isDone = true
        endpoint.established(context.channel, protocol: negotiated)
        context.fireUserInboundEventTriggered(event)
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone else { return context.fireErrorCaught(error) }
        fail(context, .secure((error as? OpenSSLError)?.reason ?? "\(error)"))
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard !isDone else { return context.fireChannelInactive() }
        fail(context, .secure("the endpoint closed the connection during the handshake"))
    }

    private func fail(_ context: ChannelHandlerContext, _ failure: ConnectFailure) {
        guard !isDone else { return }
        isDone = true
        endpoint.failed(failure)
        context.close(promise: nil)
    }
}
