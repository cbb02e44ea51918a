import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// An application that answers as a test says, over real sockets.
final class ScriptedUpstream: Sendable {
    /// What the application does with a request.
    enum Reply: Sendable {
        /// Sends these bytes and keeps the connection.
        case send(String)
        /// Sends these bytes and closes.
        case sendAndClose(String)
        /// Sends a head, then the bytes of a body one by one with pauses.
        case pieces(String, String, pause: TimeAmount)
        /// Closes at once.
        case close
        /// Says nothing.
        case silence
        /// Sends a head that promises a gigabyte, and as much of it as the socket takes.
        case flood
    }

    /// A request as it arrived.
    struct Request: Sendable {
        var text: String
        var connection: Int
        var isFirst: Bool
        var path: String { text.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    }

    let port: UInt16
    private let channel: any Channel
    private let state: State

    final class State: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Atomic<Int>(0)
        let closed = Atomic<Int>(0)
        let flooded = Atomic<Int>(0)
    }

    /// What arrived so far.
    var requests: [Request] { state.requests.withLock { $0 } }
    /// Connections accepted.
    var connections: Int { state.connections.load(ordering: .relaxed) }
    /// Connections ended.
    var closed: Int { state.closed.load(ordering: .relaxed) }
    /// Bytes that a flood has put into the socket.
    var flooded: Int { state.flooded.load(ordering: .relaxed) }

    init(_ script: @escaping @Sendable (Request) -> Reply) async throws {
        let state = State()
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(state: state, script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = UInt16(channel.localAddress?.port ?? 0)
    }

    func stop() async { try? await channel.close() }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: ScriptedUpstream.State
    private let script: @Sendable (ScriptedUpstream.Request) -> ScriptedUpstream.Reply
    private let connection: Int
    private var received = ByteBuffer()
    private var isFirst = true
    private var isFlooding = false
    private var isTunnel = false

    init(
        state: ScriptedUpstream.State,
        script: @escaping @Sendable (ScriptedUpstream.Request) -> ScriptedUpstream.Reply
    ) {
        self.state = state
        self.script = script
        connection = state.connections.wrappingAdd(1, ordering: .relaxed).newValue
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard !isTunnel else { return context.writeAndFlush(wrapOutboundOut(buffer), promise: nil) }
        received.writeBuffer(&buffer)
        while let text = nextRequest() {
            let request = ScriptedUpstream.Request(text: text, connection: connection, isFirst: isFirst)
            isFirst = false
            state.requests.withLock { $0.append(request) }
            act(script(request), context)
        }
    }

    /// A head with its body, once it is complete.
    private func nextRequest() -> String? {
        let text = String(buffer: received)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = text[..<end.upperBound]
        var length = head.utf8.count
        if let field = head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("content-length:") }) {
            length += Int(field.split(separator: ":")[1].trimmingPrefix(" ")) ?? 0
        } else if head.lowercased().contains("transfer-encoding: chunked") {
            guard let last = text.range(of: "\r\n0\r\n", range: end.lowerBound..<text.endIndex),
                let stop = text.range(of: "\r\n\r\n", range: text.index(before: last.upperBound)..<text.endIndex)
                    ?? text.range(of: "\r\n\r\n", range: last.lowerBound..<text.endIndex)
            else { return nil }
            length = text[..<stop.upperBound].utf8.count
        }
        return received.readString(length: length)
    }

    private func act(_ reply: ScriptedUpstream.Reply, _ context: ChannelHandlerContext) {
        switch reply {
        case .send(let text):
            isTunnel = text.hasPrefix("HTTP/1.1 101")
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .sendAndClose(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            context.close(promise: nil)
        case .pieces(let head, let body, let pause):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
            send(body.utf8[...], pause, context.channel)
        case .close:
            context.close(promise: nil)
        case .silence:
            break
        case .flood:
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
            isFlooding = true
            flood(context)
        }
    }

    private func send(_ bytes: Substring.UTF8View, _ pause: TimeAmount, _ channel: any Channel) {
        guard let byte = bytes.first else { return }
        channel.eventLoop.assumeIsolated().scheduleTask(in: pause) { [self] in
            channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil)
            send(bytes.dropFirst(), pause, channel)
        }
    }

    private func flood(_ context: ChannelHandlerContext) {
        while isFlooding, context.channel.isActive, context.channel.isWritable {
            state.flooded.wrappingAdd(65_536, ordering: .relaxed)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x78, count: 65_536)), promise: nil)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { flood(context) }

    func channelInactive(context: ChannelHandlerContext) {
        isFlooding = false
        state.closed.wrappingAdd(1, ordering: .relaxed)
    }
}
