import CertificateFixtures
import ChannelFixtures
import NIOCore
import NIOEmbedded
import OpenSSL

/// Two embedded channels with TLS handlers, back to back, and a clock that is moved by hand.
final class HandlerPair {
    let loop: EmbeddedEventLoop
    let client: EmbeddedChannel
    let server: EmbeddedChannel
    let clientEvents = EventRecorder()
    let serverEvents = EventRecorder()
    let serverHandler: TLSHandler
    /// How often the server's handler asked for bytes.
    let serverReads = ReadCounter()

    init(
        _ server: TLSServerConfiguration,
        _ client: TLSClientConfiguration,
        limits: TLSHandlerLimits = TLSHandlerLimits(),
        halfClosure: Bool = false,
        loop: EmbeddedEventLoop = EmbeddedEventLoop(),
        pacer: HandshakePacer? = nil
    ) throws {
        self.loop = loop
        serverHandler = try TLSHandler(TLSContext(server: server), limits: limits, pacer: pacer)
        let clientHandler = try TLSHandler(TLSContext(client: client), serverName: "localhost", limits: limits)
        self.server = EmbeddedChannel(handlers: [serverReads, serverHandler, serverEvents], loop: loop)
        self.client = EmbeddedChannel(handlers: [clientHandler, clientEvents], loop: loop)
        self.server.allowRemoteHalfClosure = halfClosure
        self.client.allowRemoteHalfClosure = halfClosure
    }

    static func make(
        limits: TLSHandlerLimits = TLSHandlerLimits(),
        version: TLSVersion? = nil,
        halfClosure: Bool = false,
        connected: Bool = true,
        loop: EmbeddedEventLoop = EmbeddedEventLoop(),
        pacer: HandshakePacer? = nil
    ) throws -> HandlerPair {
        let authority = try TestAuthority()
        let pair = try HandlerPair(
            authority.serverConfiguration(protocols: ["http/1.1"]),
            authority.clientConfiguration(protocols: ["http/1.1"], version: version),
            limits: limits,
            halfClosure: halfClosure,
            loop: loop,
            pacer: pacer
        )
        if connected { try pair.connect() }
        return pair
    }

    /// Makes both channels active and carries the handshake.
    func connect() throws {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        server.connect(to: address, promise: nil)
        client.connect(to: address, promise: nil)
        try exchange()
    }

    /// Carries bytes both ways until none are left.
    func exchange() throws {
        var moved = true
        while moved {
            moved = false
            for (sender, receiver) in [(client, server), (server, client)] {
                while let bytes = try sender.readOutbound(as: ByteBuffer.self) {
                    moved = true
                    guard receiver.isActive else { continue }
                    receiver.pipeline.fireChannelRead(bytes)
                    receiver.pipeline.fireChannelReadComplete()
                }
            }
        }
    }

    /// The next bytes that `channel` sent.
    func outbound(_ channel: EmbeddedChannel) throws -> ByteBuffer? {
        try channel.readOutbound(as: ByteBuffer.self)
    }

    /// Makes the channel see the end of its connection.
    func drop(_ channel: EmbeddedChannel) {
        channel.pipeline.fireChannelInactive()
    }

    /// Lets go of both channels.
    func finish() {
        _ = try? client.finish(acceptAlreadyClosed: true)
        _ = try? server.finish(acceptAlreadyClosed: true)
    }
}
