import CertificateFixtures
import Foundation
import OpenSSL
import Testing

@Suite struct PEMTests {
    private let missing = OpenSSLError(.noCertificate, "")

    @Test("A text without a certificate has none", arguments: ["", "hello", "-----BEGIN\n"])
    func findsNone(text: String) {
        #expect(throws: missing) { _ = try CertificateChain(pem: Array(text.utf8)) }
    }

    @Test("A certificate that is cut off anywhere is refused")
    func refusesTruncation() throws {
        let pem = try TestAuthority().authority.certificate.pem()
        // Without its last line break the block is still whole.
        for length in stride(from: 0, to: pem.count - 1, by: 7) {
            #expect(throws: OpenSSLError.self, "cut at \(length)") {
                _ = try CertificateChain(pem: Array(pem.prefix(length)))
            }
        }
    }

    @Test("A key that is cut off is refused")
    func refusesTruncatedKey() throws {
        let pem = try PrivateKey.generateP256().pem()
        #expect(throws: OpenSSLError(.unusableKey, "")) { _ = try PrivateKey(pem: Array(pem.prefix(60))) }
        #expect(throws: OpenSSLError(.unusableKey, "")) { _ = try PrivateKey(pem: []) }
    }

    @Test("An encrypted key is refused without asking for its passphrase")
    func refusesEncryptedKey() throws {
        let text = String(decoding: try PrivateKey.generateP256().pem(), as: UTF8.self)
        let iv = String(repeating: "0", count: 32)
        let encrypted = text.replacingOccurrences(
            of: "BEGIN PRIVATE KEY-----\n",
            with: "BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,\(iv)\n\n"
        )
        #expect(throws: OpenSSLError(.unusableKey, "")) { _ = try PrivateKey(pem: Array(encrypted.utf8)) }
    }

    @Test("A key file is no certificate")
    func findsNoCertificateInKey() throws {
        let key = try PrivateKey.generateP256().pem()
        #expect(throws: missing) { _ = try CertificateChain(pem: key) }
    }

    @Test("32 certificates are read and 33 are not")
    func boundsCount() throws {
        let pem = try TestAuthority().authority.certificate.pem()
        let bundle = Array(repeatElement(pem, count: 32).joined())
        #expect(try CertificateChain(pem: bundle).certificates.count == 32)
        #expect(throws: OpenSSLError(.tooManyCertificates, "")) { _ = try CertificateChain(pem: bundle + pem) }
    }

    @Test(
        "A missing file, a folder and a device are unreadable",
        arguments: ["/nonexistent/file", "/tmp", "/dev/zero"]
    )
    func refusesOddFiles(path: String) {
        #expect(throws: OpenSSLError(.unreadableFile, "", at: path)) { _ = try PEMFile.read(path) }
    }

    @Test("A file of 1 MiB is read and a larger one is not")
    func boundsSize() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 65, count: 1 << 20).write(to: URL(fileURLWithPath: path))
        #expect(try PEMFile.read(path).count == 1 << 20)
        try Data(repeating: 65, count: 1 << 20 + 1).write(to: URL(fileURLWithPath: path))
        #expect(throws: OpenSSLError(.oversizedFile, "", at: path)) { _ = try PEMFile.read(path) }
    }
}
