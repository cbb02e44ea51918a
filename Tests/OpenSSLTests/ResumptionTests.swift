import CertificateFixtures
import NIOCore
import OpenSSL
import Testing

@Suite("Sessions that a client resumes")
struct ResumptionTests {
    private struct Scene {
        let server: TLSContext
        let client: TLSContext

        init(resumes: Bool = true, version: TLSVersion = .tls13) throws {
            let authority = try TestAuthority()
            var server = try authority.serverConfiguration()
            server.ticketKeys = try SessionTicketKeys()
            var client = authority.clientConfiguration(version: version)
            client.resumesSessions = resumes
            self.server = try TLSContext(server: server)
            self.client = try TLSContext(client: client)
        }

        /// A connection that carries a byte each way and ends; returns whether it resumed a session.
        func connect(_ name: String, isClean: Bool = true) throws -> Bool {
            let pair = ConnectionPair(
                client: try TLSConnection(client, serverName: "localhost", resuming: name),
                server: try TLSConnection(server)
            )
            let (client, server) = pair.handshake()
            #expect(client == .complete && server == .complete)
            try pair.server.write(ByteBuffer(string: "x"))
            pair.carry(from: pair.server, to: pair.client)
            #expect(String(buffer: pair.read(pair.client).bytes) == "x")
            #expect(pair.client.isResumed == pair.server.isResumed)
            #expect(pair.client.peerCertificate != nil)
            if isClean { pair.client.close() }
            return pair.client.isResumed
        }
    }

    @Test("The second connection resumes, clean end or not", arguments: [TLSVersion.tls12, .tls13], [true, false])
    func again(_ version: TLSVersion, _ isClean: Bool) throws {
        let scene = try Scene(version: version)
        let resumed = try (0..<4).map { _ in try scene.connect("a", isClean: isClean) }
        #expect(resumed == [false, true, true, true])
    }

    @Test("Servers have sessions of their own")
    func others() throws {
        let scene = try Scene()
        #expect(try [scene.connect("a"), scene.connect("b"), scene.connect("b")] == [false, false, true])
    }

    @Test("Without being asked for nothing is resumed")
    func none() throws {
        let scene = try Scene(resumes: false)
        #expect(try [scene.connect("a"), scene.connect("a")] == [false, false])
    }
}
