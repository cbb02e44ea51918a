import NIOCore
import NIOTLS

/// Tells a probe when its handshake is over.
final class HealthHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let completed: () -> Void
    private let failed: () -> Void
    private var isDone = false

    init(completed: @escaping () -> Void, failed: @escaping () -> Void) {
        self.completed = completed
        self.failed = failed
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard !isDone, case .handshakeCompleted? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        isDone = true
        completed()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone else { return context.fireErrorCaught(error) }
        isDone = true
        failed()
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard !isDone else { return context.fireChannelInactive() }
        isDone = true
        failed()
    }
}
