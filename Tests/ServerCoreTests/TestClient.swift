import NIOCore
import NIOPosix

/// A client connection over the loopback interface that gathers what it receives.
struct TestClient {
    let channel: any Channel
    private let received: EventLoopFuture<String>

    /// Connects to `port` of the local host.
    init(port: Int, group: any EventLoopGroup) async throws {
        let loop = group.next()
        let promise = loop.makePromise(of: String.self)
        received = promise.futureResult
        channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Gatherer(promise))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// Sends `text`.
    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Everything received until the connection ended, which must happen within ten seconds.
    func allReceived() async throws -> String {
        let channel = channel
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(10)) { channel.close(promise: nil) }
        defer { timeout.cancel() }
        return try await received.get()
    }

    private final class Gatherer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let promise: EventLoopPromise<String>
        private var text = ""

        init(_ promise: EventLoopPromise<String>) {
            self.promise = promise
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            promise.succeed(text)
        }
    }
}
