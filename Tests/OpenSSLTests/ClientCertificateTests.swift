import CertificateFixtures
import OpenSSL
import Testing

@Suite struct ClientCertificateTests {
    /// What a client shows.
    enum Credential: String, CaseIterable {
        case none, right, selfSigned, otherAuthority, expired, notYetValid, wrongUsage, oversized
    }

    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    private func present(_ credential: Credential, version: TLSVersion) throws -> ConnectionPair {
        var client = authority.clientConfiguration(version: version)
        let now = TestAuthority.now
        func use(_ pair: (chain: CertificateChain, key: PrivateKey)) {
            client.chain = pair.chain
            client.key = pair.key
        }
        switch credential {
        case .none: break
        case .right:
            use(try authority.issue("api", purpose: .client, dnsNames: ["api.local"], uris: ["spiffe://a/b"]))
        case .selfSigned:
            let alone = try TestAuthority("alone").authority
            use((CertificateChain(leaf: alone.certificate), alone.key))
        case .otherAuthority: use(try TestAuthority("other").issue("api", purpose: .client))
        case .expired: use(try authority.issue("api", purpose: .client, notBefore: now - 3_600, notAfter: now - 60))
        case .notYetValid:
            use(try authority.issue("api", purpose: .client, notBefore: now + 600, notAfter: now + 3_600))
        case .wrongUsage: use(try authority.issue("api", purpose: .server))
        case .oversized:
            let uris = (0..<20).map { "spiffe://\($0)/" + String(repeating: "a", count: 1_000) }
            use(try authority.issue("api", purpose: .client, uris: uris))
        }
        return try ConnectionPair(authority.serverConfiguration(clients: authority.trusted), client)
    }

    @Test("No certificate passes without an identity", arguments: TLSVersion.allCases)
    func acceptsAbsence(version: TLSVersion) throws {
        let pair = try present(.none, version: version)
        #expect(pair.handshake().server == .complete)
        #expect(pair.server.peerCertificate == nil)
    }

    @Test("The right certificate passes and names the client", arguments: TLSVersion.allCases)
    func acceptsRight(version: TLSVersion) throws {
        let pair = try present(.right, version: version)
        #expect(pair.handshake().server == .complete)
        let certificate = try #require(pair.server.peerCertificate)
        #expect(certificate.commonName == "api")
        #expect(certificate.alternativeNames.dnsNames == ["api.local"])
        #expect(certificate.alternativeNames.uris == ["spiffe://a/b"])
    }

    @Test(
        "A wrong certificate fails the handshake",
        arguments: TLSVersion.allCases,
        [.selfSigned, .otherAuthority, .expired, .notYetValid, .wrongUsage] as [Credential]
    )
    func refusesWrong(version: TLSVersion, credential: Credential) throws {
        let pair = try present(credential, version: version)
        #expect(pair.handshake().server == .failed(OpenSSLError(.rejectedCertificate, "")))
    }

    @Test("One of the names must be on the list, where there is one", arguments: TLSVersion.allCases)
    func looksAtNames(version: TLSVersion) throws {
        for (names, passes) in [
            (["api"], true), (["x", "api.local"], true), (["spiffe://a/b"], true), (["API"], false),
        ] {
            var server = try authority.serverConfiguration(clients: authority.trusted)
            server.clientNames = Set(names)
            var client = authority.clientConfiguration(version: version)
            let pair = try authority.issue("api", purpose: .client, dnsNames: ["api.local"], uris: ["spiffe://a/b"])
            client.chain = pair.chain
            client.key = pair.key
            let outcome = try ConnectionPair(server, client).handshake().server
            #expect(outcome == (passes ? .complete : .failed(OpenSSLError(.rejectedCertificate, ""))), "\(names)")
        }
    }

    @Test("The list of names does not keep out who shows no certificate")
    func namesLeaveAbsence() throws {
        var server = try authority.serverConfiguration(clients: authority.trusted)
        server.clientNames = ["api"]
        let pair = try ConnectionPair(server, authority.clientConfiguration())
        #expect(pair.handshake().server == .complete)
        #expect(pair.server.peerCertificate == nil)
    }

    @Test(
        "What is no revocation list is said to be none",
        arguments: [
            ("", OpenSSLError.Code.noRevocationList), ("text", .noRevocationList),
            ("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", .malformedPEM),
            ("-----BEGIN X509 CRL-----\nMIIB", .malformedPEM),
        ]
    )
    func refusesOtherText(text: String, code: OpenSSLError.Code) {
        #expect(throws: OpenSSLError(code, "")) { try RevocationList.bundle(pem: Array(text.utf8)) }
    }

    @Test("More than 16 KiB of certificates fail the handshake", arguments: TLSVersion.allCases)
    func refusesOversized(version: TLSVersion) throws {
        let pair = try present(.oversized, version: version)
        #expect(pair.handshake().server == .failed(OpenSSLError(.handshakeFailed, "")))
    }

    @Test("A chain with more than three certificates in between fails the handshake")
    func refusesLongChain() throws {
        var signer = authority.authority
        var links: [Certificate] = []
        for depth in 0..<5 {
            let key = try PrivateKey.generateP256()
            let template = CertificateTemplate(
                commonName: "link \(depth)",
                purpose: .authority,
                notBefore: TestAuthority.now - 60,
                notAfter: TestAuthority.now + 600
            )
            signer = try CertificateAuthority(certificate: signer.issue(template, for: key), key: key)
            links.insert(signer.certificate, at: 0)
        }
        let key = try PrivateKey.generateP256()
        let template = CertificateTemplate(
            commonName: "api",
            purpose: .client,
            notBefore: TestAuthority.now - 60,
            notAfter: TestAuthority.now + 600
        )
        var client = authority.clientConfiguration()
        client.chain = CertificateChain(leaf: try signer.issue(template, for: key), others: links)
        client.key = key
        let pair = try ConnectionPair(authority.serverConfiguration(clients: authority.trusted), client)
        #expect(pair.handshake().server == .failed(OpenSSLError(.rejectedCertificate, "")))
    }
}
