import NIOCore
import NIOTLS
import OpenSSL

/// Ends a relayed connection whose endpoint shows a certificate with other names than are asked for.
final class UpstreamNameCheck: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let credentials: ClientCredentials
    private let tls: TLSHandler

    init(credentials: ClientCredentials, tls: TLSHandler) {
        self.credentials = credentials
        self.tls = tls
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent, credentials.refusal(of: tls.peerCertificate) != nil {
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }
}
