import CertificateFixtures
import OpenSSL
import ServerCore
import ServerTLS
import Testing

@Suite struct PeerIdentityTests {
    private let identity = PeerIdentity(commonName: "api", dnsNames: ["api.local"], uris: ["spiffe://a/b"])

    @Test("Any of its names admits a client", arguments: ["api", "api.local", "spiffe://a/b"])
    func admits(name: String) {
        #expect(identity.bears(anyOf: ["other", name]))
    }

    @Test("Nothing but the exact name admits a client", arguments: ["", "API", "api.", "*", "local", "spiffe://a"])
    func refuses(name: String) {
        #expect(!identity.bears(anyOf: [name]))
    }

    @Test("A certificate's names become the identity")
    func takesNamesOver() throws {
        let chain = try TestAuthority().issue("cn", dnsNames: ["a.b"], ipAddresses: [], uris: ["spiffe://x/y"]).chain
        #expect(PeerIdentity(chain.leaf) == PeerIdentity(commonName: "cn", dnsNames: ["a.b"], uris: ["spiffe://x/y"]))
    }
}
