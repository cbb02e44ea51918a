import OpenSSL

/// The authority of a serving certificate, as a webhook configuration holds it.
enum AuthorityFile {
    /// What stands above a configuration without one.
    static let missing =
        "# caBundle is the certificate's authority: print with --ca-bundle certs/ca.crt to have it filled in.\n"

    /// The certificates of a PEM file in base 64, nothing else that the file may hold.
    ///
    /// - Throws: Why the file cannot be read or is no certificate.
    static func bundle(_ path: String) throws -> String {
        String(decoding: try Base64.encode(try CertificateChain(pem: try PEMFile.read(path)).pem()), as: UTF8.self)
    }
}
