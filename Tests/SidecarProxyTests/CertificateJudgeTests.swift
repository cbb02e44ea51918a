import CertificateFixtures
import OpenSSL
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite struct CertificateJudgeTests {
    private let certificate: Certificate

    init() throws {
        certificate = try TestAuthority().issue(
            "api",
            dnsNames: ["api.local", "*.example"],
            ipAddresses: ["10.0.0.7"],
            uris: ["spiffe://td/ns/shop/sa/web"]
        ).chain.leaf
    }

    private func accepts(_ change: (inout CertificateValidation) -> Void) -> Bool {
        var validation = CertificateValidation()
        change(&validation)
        return CertificateJudge(validation).refusal(of: certificate) == nil
    }

    @Test("Nothing asked is met")
    func nothing() {
        #expect(CertificateJudge(CertificateValidation()).asksForNothing)
        #expect(accepts { _ in })
    }

    @Test(
        "One of the names must match",
        arguments: [
            (SubjectAltNameMatcher(.dns, .init(.exact("API.local"))), true),
            (SubjectAltNameMatcher(.dns, .init(.exact("a.example"))), true),
            (SubjectAltNameMatcher(.dns, .init(.exact("b.a.example"))), false),
            (SubjectAltNameMatcher(.dns, .init(.exact(".example"))), false),
            (SubjectAltNameMatcher(.dns, .init(.suffix(".local"))), true),
            (SubjectAltNameMatcher(.uri, .init(.exact("spiffe://td/ns/shop/sa/web"))), true),
            (SubjectAltNameMatcher(.uri, .init(.prefix("spiffe://td/ns/shop/"))), true),
            (SubjectAltNameMatcher(.uri, .init(.prefix("SPIFFE://td/"))), false),
            (SubjectAltNameMatcher(.uri, .init(.regex("spiffe://td/ns/[a-z]+/sa/web"))), true),
            (SubjectAltNameMatcher(.uri, .init(.regex("spiffe://td"))), false),
            (SubjectAltNameMatcher(.ipAddress, .init(.exact("10.0.0.7"))), true),
            (SubjectAltNameMatcher(.ipAddress, .init(.exact("10.0.0.8"))), false),
            (SubjectAltNameMatcher(.email, .init(.contains("@"))), false),
        ]
    )
    func names(matcher: SubjectAltNameMatcher, passes: Bool) {
        #expect(accepts { $0.subjectAltNames = [matcher] } == passes)
    }

    @Test("Either hash will do, and another one will not")
    func hashes() {
        let other = [UInt8](repeating: 1, count: 32)
        #expect(accepts { $0.certificatePins = [other, certificate.digest] })
        #expect(accepts { $0.publicKeyPins = [certificate.publicKeyDigest] })
        #expect(accepts { ($0.publicKeyPins, $0.certificatePins) = ([certificate.publicKeyDigest], [other]) })
        #expect(!accepts { $0.certificatePins = [other] })
        #expect(!accepts { $0.publicKeyPins = [certificate.digest] })
    }

    @Test("Hashes do not make up for a missing name")
    func both() {
        let name = SubjectAltNameMatcher(.dns, .init(.exact("other.local")))
        #expect(!accepts { ($0.subjectAltNames, $0.certificatePins) = ([name], [certificate.digest]) })
    }
}
