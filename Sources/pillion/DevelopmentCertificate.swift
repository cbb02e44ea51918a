import Logging
import OpenSSL
import ServerTLS

/// Finds the serving certificate; makes one for development where none is named.
enum DevelopmentCertificate {
    /// The folder in which development certificates are made.
    static let folder = "pillion-certs"

    /// The files to serve with.
    ///
    /// - Throws: What is wrong with them, or that none could be made.
    static func files(_ options: ServerOptions, logger: Logger) throws -> CertificateFiles {
        if let certificate = options.tlsCert, let key = options.tlsKey {
            return named(certificate, key, options)
        }
        let folder = CertificateFolder(path: folder)
        if !CertificateFolder.exists(folder.certificate) {
            try folder.create()
            let authority =
                CertificateFolder.exists(folder.authorityCertificate)
                ? try folder.readAuthority() : try folder.makeAuthority(commonName: "Pillion development CA")
            var names = AlternativeNames()
            names.dnsNames = ["localhost", "pillion.pillion-system.svc"]
            names.ipAddresses = ["127.0.0.1", "::1"]
            _ = try folder.issue(authority, names: names, lifetime: 30 * 86_400)
        }
        logger.warning("no --tls-cert: serving with a development certificate", metadata: ["folder": "\(folder.path)"])
        return named(folder.certificate, folder.key, options)
    }

    private static func named(_ certificate: String, _ key: String, _ options: ServerOptions) -> CertificateFiles {
        CertificateFiles(
            certificate: certificate,
            key: key,
            clientAuthorities: options.clientCa,
            revocationLists: options.clientCrl
        )
    }
}
