import CertificateFixtures
import Testing

@testable import OpenSSL

@Suite struct CertificateTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    @Test("A certificate says what it was made of")
    func keepsTemplate() throws {
        let now = TestAuthority.now
        let (chain, key) = try authority.issue(
            "pillion, O=evil",
            dnsNames: ["a.svc", "*.b.svc"],
            ipAddresses: ["10.0.0.1", "fd00::1"],
            uris: ["spiffe://c/d"],
            notBefore: now,
            notAfter: now + 99
        )
        let certificate = chain.leaf
        #expect(certificate.commonName == "pillion, O=evil")
        #expect(certificate.alternativeNames.dnsNames == ["a.svc", "*.b.svc"])
        #expect(certificate.alternativeNames.ipAddresses == ["10.0.0.1", "fd00::1"])
        #expect(certificate.alternativeNames.uris == ["spiffe://c/d"])
        #expect(certificate.notBefore == now)
        #expect(certificate.notAfter == now + 99)
        #expect(certificate.issuer == "CN=test authority")
        #expect(!certificate.isAuthority)
        #expect(certificate.matches(key))
        #expect(certificate.fingerprint.count == 64)
    }

    @Test("An authority may sign, and its serial numbers differ")
    func makesAuthority() throws {
        let other = try TestAuthority()
        #expect(authority.authority.certificate.isAuthority)
        #expect(authority.authority.certificate.serialNumber != other.authority.certificate.serialNumber)
        #expect(!authority.authority.certificate.matches(other.authority.key))
    }

    @Test("Certificates and keys survive PEM")
    func survivesPEM() throws {
        let (chain, key) = try authority.issue()
        let bundle = CertificateChain(leaf: chain.leaf, others: [authority.authority.certificate])
        #expect(try CertificateChain(pem: bundle.pem()) == bundle)
        #expect(chain.leaf.matches(try PrivateKey(pem: key.pem())))
    }

    @Test("Dates after 2050 and before 1970 survive", arguments: [-1, 2_524_608_000, 253_402_300_799] as [Int64])
    func keepsFarDates(date: Int64) throws {
        let far = try CertificateAuthority.create(commonName: "far", notBefore: date - 1, notAfter: date)
        #expect(far.certificate.notAfter == date)
    }

    @Test("The end of a chain is its earliest")
    func findsEarliestEnd() throws {
        let leaf = try authority.issue(notAfter: TestAuthority.now + 86_400).chain.leaf
        let chain = CertificateChain(leaf: leaf, others: [authority.authority.certificate])
        #expect(chain.notAfter == authority.authority.certificate.notAfter)
    }

    @Test(
        "A name that would begin another name is refused",
        arguments: ["a,DNS:b", "", "a b", "a\0b", "b\u{FC}cher.example", "a\n"]
    )
    func refusesHostileNames(name: String) throws {
        #expect(throws: OpenSSLError(.invalidConfiguration, "", at: name)) {
            _ = try authority.issue(dnsNames: [name])
        }
    }

    @Test("A name with a NUL is left out when a certificate is read")
    func skipsNamesWithNUL() {
        var names = AlternativeNames()
        names.append(type: 2, bytes: Array("good.example".utf8))
        names.append(type: 2, bytes: Array("good.example\0.evil".utf8))
        #expect(names.dnsNames == ["good.example"])
    }

    @Test("Only an authority may sign")
    func refusesLeafAsAuthority() throws {
        let (chain, key) = try authority.issue()
        #expect(throws: OpenSSLError(.invalidConfiguration, "")) {
            _ = try CertificateAuthority(certificate: chain.leaf, key: key)
        }
    }

    @Test("A certificate knows the key that signed it")
    func knowsSigner() throws {
        let (signer, namesake) = (try TestAuthority("one"), try TestAuthority("one"))
        let certificate = try signer.issue().chain.leaf
        #expect(certificate.isSigned(by: signer.authority.certificate))
        #expect(!certificate.isSigned(by: namesake.authority.certificate))
        #expect(signer.authority.certificate.isSigned(by: signer.authority.certificate))
    }
}
