import CertificateFixtures
import NIOCore
import OpenSSL
import Testing

@Suite struct TLSConnectionTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    @Test("Each version completes a handshake", arguments: TLSVersion.allCases)
    func completesHandshake(version: TLSVersion) throws {
        let pair = try ConnectionPair(
            authority.serverConfiguration(),
            authority.clientConfiguration(version: version)
        )
        let (client, server) = pair.handshake()
        #expect(client == .complete)
        #expect(server == .complete)
        #expect(pair.server.version == version)
        #expect(pair.server.cipherSuite?.hasPrefix("TLS_") == true)
    }

    @Test("The newest common version is chosen")
    func choosesNewestVersion() throws {
        let pair = try ConnectionPair(authority.serverConfiguration(), authority.clientConfiguration())
        #expect(pair.handshake().server == .complete)
        #expect(pair.client.version == .tls13)
    }

    @Test("Two sides without a version in common refuse each other")
    func refusesWithoutCommonVersion() throws {
        var server = try authority.serverConfiguration()
        server.minimumVersion = .tls13
        let pair = try ConnectionPair(server, authority.clientConfiguration(version: .tls12))
        let (_, refused) = pair.handshake()
        #expect(refused == .failed(OpenSSLError(.noCommonParameters, "")))
    }

    @Test(
        "The server's preference decides the application protocol",
        arguments: [
            (["h2", "http/1.1"], ["http/1.1", "h2"], "h2"), (["http/1.1"], ["h2", "http/1.1"], "http/1.1"),
            (["http/1.1"], [], nil), ([], ["h2"], nil),
        ] as [([String], [String], String?)]
    )
    func negotiatesProtocol(server: [String], client: [String], expected: String?) throws {
        let pair = try ConnectionPair(
            authority.serverConfiguration(protocols: server),
            authority.clientConfiguration(protocols: client)
        )
        #expect(pair.handshake().server == .complete)
        #expect(pair.server.negotiatedProtocol == expected)
        #expect(pair.client.negotiatedProtocol == expected)
    }

    @Test("Without an application protocol in common the handshake fails with an alert", arguments: TLSVersion.allCases)
    func refusesForeignProtocols(version: TLSVersion) throws {
        let pair = try ConnectionPair(
            authority.serverConfiguration(protocols: ["http/1.1"]),
            authority.clientConfiguration(protocols: ["h2", "spdy/3"], version: version)
        )
        let (client, server) = pair.handshake()
        #expect(server == .failed(OpenSSLError(.noCommonProtocol, "")))
        #expect(client == .failed(OpenSSLError(.receivedAlert, "")))
    }

    @Test("A client refuses a server with another name", arguments: ["example.com", "127.0.0.2", "localhost.evil"])
    func refusesForeignName(name: String) throws {
        let pair = try ConnectionPair(authority.serverConfiguration(), authority.clientConfiguration(), name: name)
        #expect(pair.handshake().client == .failed(OpenSSLError(.rejectedCertificate, "")))
    }

    @Test("A client accepts a server by DNS name and by address", arguments: ["localhost", "127.0.0.1", "::1"])
    func acceptsName(name: String) throws {
        let pair = try ConnectionPair(authority.serverConfiguration(), authority.clientConfiguration(), name: name)
        #expect(pair.handshake().client == .complete)
    }

    @Test("A client refuses a server of another authority unless told not to verify")
    func refusesForeignAuthority() throws {
        let other = try TestAuthority("other")
        let refusing = try ConnectionPair(authority.serverConfiguration(), other.clientConfiguration())
        #expect(refusing.handshake().client == .failed(OpenSSLError(.rejectedCertificate, "")))
        var careless = other.clientConfiguration()
        careless.verifiesServer = false
        let accepting = try ConnectionPair(authority.serverConfiguration(), careless)
        #expect(accepting.handshake().client == .complete)
    }

    @Test(
        "Plain HTTP is recognised",
        arguments: ["GET / HTTP/1.1\r\n\r\n", "POST /mutate HTTP/1.1\r\nHost: a\r\n\r\n"]
    )
    func recognisesPlainHTTP(request: String) throws {
        let server = try TLSConnection(TLSContext(server: authority.serverConfiguration()))
        server.receive(ByteBuffer(string: request))
        #expect(server.handshake() == .failed(OpenSSLError(.plainHTTP, "")))
    }

    @Test("A server name that cannot be one is refused", arguments: ["", String(repeating: "a", count: 256), "a\0b"])
    func refusesImpossibleName(name: String) throws {
        let context = try TLSContext(client: authority.clientConfiguration())
        #expect(throws: OpenSSLError(.invalidConfiguration, "", at: name)) {
            _ = try TLSConnection(context, serverName: name)
        }
    }
}
