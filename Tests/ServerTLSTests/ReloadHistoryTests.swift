import CertificateFixtures
import OpenSSL
import Testing

@testable import ServerTLS

@Suite struct ReloadHistoryTests {
    private static let day: Int64 = 86_400
    private let now = TestAuthority.now

    private func history(days: Int64) throws -> ReloadHistory {
        let pair = try TestAuthority().issue(notAfter: now + days * Self.day + 60)
        let files = CertificateFiles(certificate: "tls.crt", key: "tls.key")
        let contents = [try pair.chain.pem(), try pair.key.pem()]
        return ReloadHistory(try CertificateSet(files, contents: contents, now: now))
    }

    @Test("A certificate with more than a week to go is not spoken of")
    func silent() throws {
        var history = try history(days: 7)
        let warning = history.expiryWarning(now: now)
        #expect(warning == nil)
    }

    @Test("A certificate in its last week is spoken of once a day")
    func warns() throws {
        var history = try history(days: 3)
        let warnings = [now, now + Self.day - 1, now + Self.day].map { history.expiryWarning(now: $0) }
        #expect(warnings[0]?.contains("within 4 days") == true)
        #expect(warnings[1] == nil)
        #expect(warnings[2]?.contains("within 3 days") == true)
    }

    @Test("A certificate that has expired is said to have")
    func expired() throws {
        var history = try history(days: 1)
        let warning = history.expiryWarning(now: now + 2 * Self.day)
        #expect(warning?.contains("has expired") == true)
    }
}
