import NIOCore
import ServerCore
import Synchronization

/// An inner layer that sends back what it receives, and writes down the contexts it was given.
final class EchoInitializer: ConnectionInitializer {
    struct Refusal: Error {}

    private final class Echo: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(data, promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    let contexts = Mutex<[ConnectionContext]>([])
    private let refuses: Bool

    init(refuses: Bool = false) {
        self.refuses = refuses
    }

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        if refuses { throw Refusal() }
        contexts.withLock { $0.append(connection) }
        try channel.pipeline.syncOperations.addHandler(Echo())
    }
}
