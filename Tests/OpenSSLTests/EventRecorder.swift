import NIOCore
import NIOTLS

/// Stands behind a TLS handler and writes down what reaches it.
final class EventRecorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    enum Event: Equatable {
        case active
        case handshake(String?)
        case bytes
        case inputClosed
        case shutdown
        case inactive
    }

    private(set) var events: [Event] = []
    private(set) var bytes = ByteBuffer()
    private(set) var errors: [any Error] = []
    /// Called in the middle of an event, to act from within it.
    var reaction: ((Event, ChannelHandlerContext) -> Void)?

    private func record(_ event: Event, _ context: ChannelHandlerContext) {
        if event != .bytes || events.last != .bytes { events.append(event) }
        reaction?(event, context)
    }

    func channelActive(context: ChannelHandlerContext) {
        record(.active, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        record(.inactive, context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        bytes.writeBuffer(&buffer)
        record(.bytes, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let name): record(.handshake(name), context)
        case TLSUserEvent.shutdownCompleted: record(.shutdown, context)
        case ChannelEvent.inputClosed: record(.inputClosed, context)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        errors.append(error)
    }
}
