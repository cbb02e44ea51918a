import CertificateFixtures
import Glibc
import NIOCore
import NIOEmbedded
import OpenSSL
import ServerCore
import ServerTLS
import Synchronization
import Testing

@Suite struct TLSConnectionInitializerTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    /// Connects a client session to an embedded server channel and carries `rounds` of bytes.
    private func serve(
        _ initializer: TLSConnectionInitializer,
        _ client: TLSConnection,
        early: String = "early"
    ) throws -> (channel: EmbeddedChannel, answer: ByteBuffer) {
        let channel = EmbeddedChannel()
        try initializer.initialize(channel, ConnectionContext(peer: nil, eventLoop: channel.eventLoop))
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        var answer = ByteBuffer()
        var hasSpoken = false
        for _ in 0..<8 {
            if client.handshake() == .complete, !hasSpoken {
                hasSpoken = true
                try client.write(ByteBuffer(string: early))
            }
            // The first data travels in one piece with the end of the handshake.
            channel.pipeline.fireChannelRead(client.takeCiphertext())
            channel.pipeline.fireChannelReadComplete()
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { client.receive(bytes) }
            if hasSpoken { _ = client.read(into: &answer) }
        }
        return (channel, answer)
    }

    private func client(_ configuration: TLSClientConfiguration) throws -> TLSConnection {
        try TLSConnection(TLSContext(client: configuration), serverName: "localhost")
    }

    @Test("The inner layer gets the context filled in and the first bytes whole", arguments: TLSVersion.allCases)
    func handsOver(version: TLSVersion) throws {
        let inner = EchoInitializer()
        let contexts = try TLSContextProvider(authority.serverConfiguration(protocols: ["http/1.1"]))
        let (_, answer) = try serve(
            TLSConnectionInitializer(inner: inner, contexts: contexts),
            client(authority.clientConfiguration(protocols: ["h2", "http/1.1"], version: version))
        )
        #expect(String(buffer: answer) == "early")
        let seen = inner.contexts.withLock { $0 }
        #expect(seen.count == 1)
        #expect(seen.first?.isTLS == true)
        #expect(seen.first?.negotiatedProtocol == "http/1.1")
        #expect(seen.first?.peerIdentity == nil)
    }

    @Test("A verified client is named to the inner layer")
    func namesClient() throws {
        let inner = EchoInitializer()
        let contexts = try TLSContextProvider(authority.serverConfiguration(clients: authority.trusted))
        var configuration = authority.clientConfiguration()
        let pair = try authority.issue("api", purpose: .client, dnsNames: ["api.local"])
        configuration.chain = pair.chain
        configuration.key = pair.key
        _ = try serve(TLSConnectionInitializer(inner: inner, contexts: contexts), client(configuration))
        let identity = inner.contexts.withLock { $0.first?.peerIdentity }
        #expect(identity == PeerIdentity(pair.chain.leaf))
        #expect(identity?.dnsNames == ["api.local"])
    }

    @Test("A failed handshake is reported once and never reaches the inner layer")
    func reportsFailure() throws {
        let inner = EchoInitializer()
        let contexts = try TLSContextProvider(authority.serverConfiguration())
        let failures = FailureList()
        let initializer = TLSConnectionInitializer(inner: inner, contexts: contexts) { error, _ in failures.add(error) }
        let channel = EmbeddedChannel()
        try initializer.initialize(channel, ConnectionContext(peer: nil, eventLoop: channel.eventLoop))
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        channel.pipeline.fireChannelRead(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
        #expect(failures.all.map { $0 as? OpenSSLError } == [OpenSSLError(.plainHTTP, "")])
        #expect(inner.contexts.withLock { $0.isEmpty })
        #expect(!channel.isActive)
    }

    @Test("A client that resets has interrupted its handshake")
    func reportsReset() throws {
        let contexts = try TLSContextProvider(authority.serverConfiguration())
        let failures = FailureList()
        let initializer = TLSConnectionInitializer(inner: EchoInitializer(), contexts: contexts) { error, _ in
            failures.add(error)
        }
        let channel = EmbeddedChannel()
        try initializer.initialize(channel, ConnectionContext(peer: nil, eventLoop: channel.eventLoop))
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "read"))
        #expect(failures.all.map { $0 as? OpenSSLError } == [OpenSSLError(.handshakeInterrupted, "")])
        #expect(!channel.isActive)
    }

    @Test("A connection whose inner layer cannot be set up is reported and closed")
    func reportsRefusal() throws {
        let contexts = try TLSContextProvider(authority.serverConfiguration())
        let failures = FailureList()
        let initializer = TLSConnectionInitializer(inner: EchoInitializer(refuses: true), contexts: contexts) {
            error,
            _ in failures.add(error)
        }
        let (channel, answer) = try serve(initializer, client(authority.clientConfiguration()))
        #expect(failures.all.first is EchoInitializer.Refusal)
        #expect(failures.all.count == 1)
        #expect(answer.readableBytes == 0)
        #expect(!channel.isActive)
    }

    @Test("Without a certificate connections are refused, with the first one they are served")
    func waitsForCertificate() throws {
        let contexts = TLSContextProvider()
        let channel = EmbeddedChannel()
        let initializer = TLSConnectionInitializer(inner: EchoInitializer(), contexts: contexts)
        #expect(throws: OpenSSLError(.noCertificate, "")) {
            try initializer.initialize(channel, ConnectionContext(peer: nil, eventLoop: channel.eventLoop))
        }
        try contexts.install(authority.serverConfiguration())
        let (_, answer) = try serve(initializer, client(authority.clientConfiguration()))
        #expect(String(buffer: answer) == "early")
    }
}
