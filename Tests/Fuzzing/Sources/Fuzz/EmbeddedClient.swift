import NIOCore
import NIOEmbedded
import ServerCore

@testable import SidecarProxy

/// A client's connection to the proxy, on a channel without a socket.
final class EmbeddedClient {
    private let channel: EmbeddedChannel
    private let loop: EmbeddedEventLoop

    /// Makes a connection that has just been accepted.
    init(_ plan: ConnectionPlan, _ worker: Worker, loop: EmbeddedEventLoop, isHTTP2: Bool) throws {
        self.loop = loop
        channel = EmbeddedChannel(loop: loop)
        let connection = ConnectionContext(peer: try SocketAddress(ipAddress: "127.0.0.1", port: 9), eventLoop: loop)
        let client = ClientConnection(channel, connection, identifier: 1)
        let site = HTTPSite(plan: plan, worker: worker, counters: worker.counters(for: "in"), client: client)
        try site.install(channel, negotiated: isHTTP2 ? "h2" : nil)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    }

    /// Whether the proxy has not closed the connection.
    var isActive: Bool { channel.isActive }

    /// Sends `bytes`, which arrive at once.
    func send(_ bytes: ArraySlice<UInt8>) {
        channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes))
        channel.pipeline.fireChannelReadComplete()
        loop.run()
    }

    /// Ends the sending side.
    func endInput() {
        guard channel.isActive else { return }
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        loop.run()
    }

    /// Closes the connection; returns what came on it.
    func close() -> [UInt8] {
        var answer: [UInt8] = []
        while let piece = try? channel.readOutbound(as: ByteBuffer.self) { answer += piece.readableBytesView }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        loop.run()
        return answer
    }
}
