import Logging
import NIOCore

@testable import ServerCore

/// Sends every byte back; closes an idle connection at the last call.
struct EchoInitializer: ConnectionInitializer {
    /// A connection that echoes.
    final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(data, promise: nil)
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            switch event as? DrainEvent {
            case .started: context.writeAndFlush(NIOAny(ByteBuffer(string: "started;")), promise: nil)
            case .lastCall:
                context.writeAndFlush(NIOAny(ByteBuffer(string: "last call;")), promise: nil)
                context.close(promise: nil)
            case nil: break
            }
        }
    }

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        try channel.pipeline.syncOperations.addHandler(Handler())
    }
}

/// Greets with the address of the peer, and closes.
struct GreetingInitializer: ConnectionInitializer {
    final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let greeting: String

        init(_ greeting: String) {
            self.greeting = greeting
        }

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: greeting)), promise: nil)
            context.close(promise: nil)
        }
    }

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        let loop = connection.eventLoop === channel.eventLoop ? "same loop" : "other loop"
        let handler = Handler("\(connection.peer?.ipAddress ?? "-") \(loop) \(connection.serverState.phase)")
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}

/// Refuses every connection.
struct FailingInitializer: ConnectionInitializer {
    struct Failure: Error {}

    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        throw Failure()
    }
}

extension Logger {
    /// A logger that writes nothing.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
