import Glibc
import OpenSSL

/// A folder with a certificate authority and a serving certificate, laid out as a kubernetes.io/tls Secret.
struct CertificateFolder {
    /// How long an authority is valid: ten years.
    static let authorityLifetime: Int64 = 10 * 365 * 86_400
    /// Certificates begin this much in the past, for clocks that are behind.
    static let backdating: Int64 = 300

    /// The path of the folder.
    let path: String

    var authorityCertificate: String { "\(path)/ca.crt" }
    var authorityKey: String { "\(path)/ca.key" }
    var certificate: String { "\(path)/tls.crt" }
    var key: String { "\(path)/tls.key" }

    /// Whether a file is there.
    static func exists(_ path: String) -> Bool {
        // Safety: access reads the path as a C string that lives for the call.
        unsafe access(path, F_OK) == 0
    }

    /// The time of the system's clock in seconds since 1970.
    static var now: Int64 { Int64(time(nil)) }

    /// Makes the folder and its parents.
    func create() throws {
        try OutputFile.makeFolder(path)
    }

    /// Makes an authority and writes it.
    func makeAuthority(commonName: String) throws -> CertificateAuthority {
        let now = Self.now
        let authority = try CertificateAuthority.create(
            commonName: commonName,
            notBefore: now - Self.backdating,
            notAfter: now + Self.authorityLifetime
        )
        try OutputFile.write(try authority.key.pem(), to: authorityKey, mode: 0o600)
        try OutputFile.write(try authority.certificate.pem(), to: authorityCertificate, mode: 0o644)
        return authority
    }

    /// The authority that was made before.
    func readAuthority() throws -> CertificateAuthority {
        try CertificateAuthority(
            certificate: try Certificate(pem: try PEMFile.read(authorityCertificate)),
            key: try PrivateKey(pem: try PEMFile.read(authorityKey))
        )
    }

    /// Issues a serving certificate with a fresh key and writes the pair, key first.
    ///
    /// A server that reloads in between sees a pair that does not match, keeps the old one and looks again.
    func issue(_ authority: CertificateAuthority, names: AlternativeNames, lifetime: Int64) throws -> Certificate {
        let now = Self.now
        let key = try PrivateKey.generateP256()
        let template = CertificateTemplate(
            commonName: Self.commonName(names),
            purpose: .server,
            dnsNames: names.dnsNames,
            ipAddresses: names.ipAddresses,
            notBefore: now - Self.backdating,
            notAfter: now + lifetime
        )
        let certificate = try authority.issue(template, for: key)
        try OutputFile.write(try key.pem(), to: self.key, mode: 0o600)
        try OutputFile.write(try certificate.pem(), to: self.certificate, mode: 0o644)
        return certificate
    }

    /// The first name that fits into a common name (64 characters, RFC 5280 appendix A).
    private static func commonName(_ names: AlternativeNames) -> String {
        (names.dnsNames + names.ipAddresses).first { (1...64).contains($0.utf8.count) } ?? "pillion"
    }
}
