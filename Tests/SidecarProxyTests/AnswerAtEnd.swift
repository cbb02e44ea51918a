import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// An application that sends many bytes as soon as its client has ended its side, and then ends its own.
final class AnswerAtEnd: Sendable {
    let port: UInt16
    private let channel: any Channel
    private let state = State()

    final class State: Sendable {
        let hasWritten = Atomic<Bool>(false)
    }

    /// Whether it has begun to send.
    var hasWritten: Bool { state.hasWritten.load(ordering: .relaxed) }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - count: How many bytes it sends.
    ///   - resets: Whether it breaks off instead of ending properly.
    /// - Throws: When no port can be had.
    init(count: Int, resets: Bool) async throws {
        let state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = AnswerHandler(state: state, count: count, resets: resets)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = UInt16(channel.localAddress?.port ?? 0)
    }
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: AnswerAtEnd.State
    private let count: Int
    private let resets: Bool

    init(state: AnswerAtEnd.State, count: Int, resets: Bool) {
        self.state = state
        self.count = count
        self.resets = resets
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .inputClosed? = event as? ChannelEvent else { return }
        state.hasWritten.store(true, ordering: .relaxed)
        let channel = context.channel
        let sent = context.eventLoop.makePromise(of: Void.self)
        let resets = resets
        sent.futureResult.whenComplete { _ in
            guard resets else { return channel.close(promise: nil) }
            let option = linger(l_onoff: 1, l_linger: 0)
            (channel as? any SocketOptionProvider)?.setSoLinger(option).whenComplete { _ in channel.close(promise: nil)
            }
        }
        let bytes = ByteBuffer(repeating: 0x78, count: count)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: sent)
    }
}
