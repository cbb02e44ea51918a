import CertificateFixtures
import OpenSSL
import Testing

@Suite struct CertificateNameTests {
    private let certificate: Certificate

    init() throws {
        certificate = try TestAuthority().issue("api", dnsNames: ["api.local"], uris: ["spiffe://a/b"]).chain.leaf
    }

    @Test("Any of its names is found on a list", arguments: ["api", "api.local", "spiffe://a/b"])
    func finds(name: String) {
        #expect(certificate.bears(anyOf: ["other", name]))
    }

    @Test(
        "Nothing but the exact name is found",
        arguments: ["", "API", "api.", "*", "local", "spiffe://a", "127.0.0.1"]
    )
    func misses(name: String) {
        #expect(!certificate.bears(anyOf: [name]))
    }
}
