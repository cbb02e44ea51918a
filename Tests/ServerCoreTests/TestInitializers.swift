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

        /// Events that came before the channel was active, when nothing can be written yet.
        private var early: [DrainEvent] = []

        func channelActive(context: ChannelHandlerContext) {
            for event in early { answer(event, context) }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            guard let event = event as? DrainEvent else { return }
            if context.channel.isActive { answer(event, context) } else { early.append(event) }
        }

        private func answer(_ event: DrainEvent, _ context: ChannelHandlerContext) {
            switch event {
            case .started: context.writeAndFlush(NIOAny(ByteBuffer(string: "started;")), promise: nil)
            case .lastCall:
                context.writeAndFlush(NIOAny(ByteBuffer(string: "last call;")), promise: nil)
                context.close(promise: nil)
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
