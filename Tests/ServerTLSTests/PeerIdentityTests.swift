import CertificateFixtures
import OpenSSL
import ServerCore
import ServerTLS
import Testing

@Suite struct PeerIdentityTests {
    @Test("A certificate's names become the identity")
    func takesNamesOver() throws {
        let chain = try TestAuthority().issue("cn", dnsNames: ["a.b"], ipAddresses: [], uris: ["spiffe://x/y"]).chain
        var expected = PeerIdentity(commonName: "cn", dnsNames: ["a.b"], uris: ["spiffe://x/y"])
        expected.subject = "CN=cn"
        expected.fingerprint = chain.leaf.fingerprint
        #expect(PeerIdentity(chain.leaf) == expected)
        #expect(expected.fingerprint.count == 64)
    }
}
