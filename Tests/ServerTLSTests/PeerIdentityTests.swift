import CertificateFixtures
import OpenSSL
import ServerCore
import ServerTLS
import Testing

@Suite struct PeerIdentityTests {
    @Test("A certificate's names become the identity")
    func takesNamesOver() throws {
        let chain = try TestAuthority().issue("cn", dnsNames: ["a.b"], ipAddresses: [], uris: ["spiffe://x/y"]).chain
        #expect(PeerIdentity(chain.leaf) == PeerIdentity(commonName: "cn", dnsNames: ["a.b"], uris: ["spiffe://x/y"]))
    }
}
