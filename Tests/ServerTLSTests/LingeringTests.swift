import CertificateFixtures
import NIOCore
import NIOPosix
import OpenSSL
import ServerCore
import ServerTLS
import Testing

/// What a peer sees at the end of a connection, over real sockets.
@Suite struct LingeringTests {
    /// A peer that speaks without TLS and never closes its own side.
    private final class StubbornPeer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let sawEnd: EventLoopPromise<Void>

        init(_ sawEnd: EventLoopPromise<Void>) {
            self.sawEnd = sawEnd
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event as? ChannelEvent == .inputClosed { sawEnd.succeed() }
        }

        func channelInactive(context: ChannelHandlerContext) {
            sawEnd.succeed()
        }
    }

    @Test("A peer that stays after a failed handshake sees the end at once, and is cut off after the time to linger")
    func cutsOffStubbornPeer() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let contexts = try TLSContextProvider(TestAuthority().serverConfiguration())
        let limits = TLSHandlerLimits(shutdownTimeout: .milliseconds(200))
        let initializer = TLSConnectionInitializer(inner: EchoInitializer(), contexts: contexts, limits: limits)
        let closed = loop.makePromise(of: Void.self)
        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.closeFuture.cascade(to: closed)
                return channel.eventLoop.makeCompletedFuture {
                    try initializer.initialize(channel, ConnectionContext(peer: nil, eventLoop: channel.eventLoop))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(listener.localAddress)
        let sawEnd = loop.makePromise(of: Void.self)
        let peer = try await ClientBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StubbornPeer(sawEnd))
                }
            }
            .connect(to: address).get()
        let start = ContinuousClock.now
        try await peer.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
        let watchdog = loop.scheduleTask(in: .seconds(10)) {
            closed.fail(ChannelError.connectTimeout(.seconds(10)))
            sawEnd.fail(ChannelError.connectTimeout(.seconds(10)))
        }
        try await sawEnd.futureResult.get()
        try await closed.futureResult.get()
        watchdog.cancel()
        #expect(ContinuousClock.now - start >= .milliseconds(150))
        try? await peer.close()
        try await listener.close()
        try await group.shutdownGracefully()
    }
}
