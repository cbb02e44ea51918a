import CertificateFixtures
import OpenSSL
import Testing

@Suite("Clients whose certificates lead nowhere")
struct AnyChainTests {
    private let authority: TestAuthority
    private let stranger: (chain: CertificateChain, key: PrivateKey)

    init() throws {
        authority = try TestAuthority()
        stranger = try TestAuthority("stranger").issue("api", purpose: .client)
    }

    private func handshake(
        _ version: TLSVersion,
        showing shown: (chain: CertificateChain, key: PrivateKey)?,
        pin: [UInt8]
    ) throws -> HandshakeStep {
        var server = try authority.serverConfiguration()
        server.acceptsAnyChain = true
        server.requiresClientCertificate = true
        server.acceptsClient = { $0.publicKeyDigest == pin }
        var client = authority.clientConfiguration(version: version)
        client.chain = shown?.chain
        client.key = shown?.key
        return try ConnectionPair(server, client).handshake().server
    }

    @Test("The pinned one passes", arguments: TLSVersion.allCases)
    func acceptsPinned(version: TLSVersion) throws {
        let step = try handshake(version, showing: stranger, pin: stranger.chain.leaf.publicKeyDigest)
        #expect(step == .complete)
    }

    @Test("Another one does not", arguments: TLSVersion.allCases)
    func refusesOther(version: TLSVersion) throws {
        let other = try TestAuthority("stranger").issue("api", purpose: .client)
        let step = try handshake(version, showing: other, pin: stranger.chain.leaf.publicKeyDigest)
        #expect(step == .failed(OpenSSLError(.rejectedCertificate, "")))
    }

    @Test("None does not either", arguments: TLSVersion.allCases)
    func refusesAbsence(version: TLSVersion) throws {
        let step = try handshake(version, showing: nil, pin: stranger.chain.leaf.publicKeyDigest)
        #expect(step != .complete)
    }

    @Test("A key keeps its hash from certificate to certificate")
    func keyDigest() throws {
        let leaf = stranger.chain.leaf
        #expect(leaf.publicKeyDigest.count == 32)
        #expect(leaf.publicKeyDigest != leaf.digest)
        let other = try TestAuthority("stranger").issue("api", purpose: .client).chain.leaf
        #expect(leaf.publicKeyDigest != other.publicKeyDigest)
    }
}
