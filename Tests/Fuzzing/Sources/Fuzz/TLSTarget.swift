import NIOCore
import NIOEmbedded
import OpenSSL
import ServerCore
import ServerTLS

/// TLS records through the handler of a server that asks for client certificates.
///
/// The first byte chooses what precedes the input: nothing, a good ClientHello, a whole handshake, or a whole
/// handshake by whose keys the input is then encrypted, as HTTP. Its upper bits say how many bytes arrive at a time.
struct TLSTarget: FuzzTarget {
    static let name = "tls"
    private let server: TLSServerConfiguration
    private let client: TLSContext
    private let http: EmbeddedServer

    init() throws {
        let authority = try CertificateAuthority.create(commonName: "fuzz", notBefore: 0, notAfter: 4_000_000_000)
        let key = try PrivateKey.generateP256()
        let template = CertificateTemplate(
            commonName: "server",
            purpose: .server,
            dnsNames: ["localhost"],
            ipAddresses: [],
            uris: [],
            notBefore: 0,
            notAfter: 4_000_000_000
        )
        let trusted = CertificateChain(leaf: authority.certificate)
        server = TLSServerConfiguration(
            chain: CertificateChain(leaf: try authority.issue(template, for: key)),
            key: key,
            clientAuthorities: trusted,
            applicationProtocols: ["http/1.1"]
        )
        client = try TLSContext(
            client: TLSClientConfiguration(authorities: trusted, applicationProtocols: ["http/1.1"])
        )
        http = try EmbeddedServer()
    }

    func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        do {
            try deliver(Array(input.dropFirst()), after: first & 3, at: [1, 5, 64, 1 << 20][Int(first >> 2) & 3])
        } catch {
            fatalError("tls: the scene cannot be set: \(error)")
        }
    }

    private func deliver(_ input: [UInt8], after scene: UInt8, at step: Int) throws {
        let channel = EmbeddedChannel()
        let tls = TLSConnectionInitializer(inner: http.initializer, contexts: try TLSContextProvider(server))
        try tls.initialize(channel, ConnectionContext(peer: nil, eventLoop: channel.eventLoop))
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        let peer = try TLSConnection(client, serverName: "localhost")
        if scene > 0 {
            _ = peer.handshake()
            send(peer.takeCiphertext(), to: channel)
        }
        if scene > 1 {
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { peer.receive(bytes) }
            _ = peer.handshake()
            send(peer.takeCiphertext(), to: channel)
        }
        if scene > 2 {
            try? peer.write(ByteBuffer(bytes: input))
            send(peer.takeCiphertext(), to: channel)
        } else {
            var start = 0
            while start < input.count, channel.isActive {
                let end = min(start + step, input.count)
                send(ByteBuffer(bytes: input[start..<end]), to: channel)
                start = end
            }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    private func send(_ bytes: ByteBuffer, to channel: EmbeddedChannel) {
        guard channel.isActive else { return }
        channel.pipeline.fireChannelRead(bytes)
        channel.pipeline.fireChannelReadComplete()
        channel.embeddedEventLoop.run()
    }
}
