import CertificateFixtures
import OpenSSL
import SetupCheck
import Testing

@Suite struct CertificateCheckTests {
    private let authority: TestAuthority
    private let now = TestAuthority.now
    private static let day: Int64 = 86_400

    init() throws {
        authority = try TestAuthority()
    }

    /// The outcomes of a check of these files, by code.
    private func outcomes(_ files: [String: [UInt8]], clients: Bool = false) -> [CheckCode: CheckResult.Outcome] {
        let check = CertificateCheck(
            certificate: "tls.crt",
            key: "tls.key",
            authorities: clients ? "ca.crt" : nil,
            revocations: clients ? "ca.crl" : nil,
            now: now
        ) { (path) throws(OpenSSLError) in
            guard let content = files[path] else { throw OpenSSLError(.unreadableFile, "is not there", at: path) }
            return content
        }
        return Dictionary(check.run().results.map { ($0.code, $0.outcome) }) { _, last in last }
    }

    @Test("a certificate with its key and weeks to go passes")
    func passes() throws {
        let pair = try authority.issue(notAfter: now + 30 * Self.day)
        let found = outcomes(["tls.crt": try pair.chain.pem(), "tls.key": try pair.key.pem()])
        #expect(found == [.tlsFiles: .passed, .tlsKey: .passed, .tlsChain: .passed, .tlsDates: .passed])
    }

    @Test("dates are judged", arguments: [(-1, 6, CheckResult.Outcome.warned), (-9, -2, .failed), (2, 30, .failed)])
    func dates(from: Int64, to: Int64, outcome: CheckResult.Outcome) throws {
        let pair = try authority.issue(notBefore: now + from * Self.day, notAfter: now + to * Self.day)
        let found = outcomes(["tls.crt": try pair.chain.pem(), "tls.key": try pair.key.pem()])
        #expect(found[.tlsDates] == outcome)
    }

    @Test("a key of another certificate fails")
    func otherKey() throws {
        let found = outcomes(["tls.crt": try authority.issue().chain.pem(), "tls.key": try authority.issue().key.pem()])
        #expect(found[.tlsKey] == .failed)
    }

    @Test("a chain out of order fails")
    func order() throws {
        let pair = try authority.issue()
        let stranger = try TestAuthority("stranger").authority.certificate
        let chain = CertificateChain(leaf: pair.chain.leaf, others: [stranger])
        let found = outcomes(["tls.crt": try chain.pem(), "tls.key": try pair.key.pem()])
        #expect(found[.tlsChain] == .failed)
    }

    @Test("what cannot be read fails, and what depends on it is not judged")
    func missing() {
        #expect(outcomes([:]) == [.tlsFiles: .failed])
        #expect(outcomes([:], clients: true)[.clientAuthority] == .failed)
        #expect(outcomes([:], clients: true)[.clientRevocation] == .failed)
    }
}
