/// Where the certificate set of a server lies.
///
/// A Kubernetes Secret of type kubernetes.io/tls mounts as `tls.crt`, `tls.key` and, where a CA is kept beside them,
/// `ca.crt`.
public struct CertificateFiles: Sendable, Equatable {
    /// The PEM file of the serving certificate, followed by the intermediate ones.
    public var certificate: String
    /// The PEM file of its private key; may be the same file.
    public var key: String
    /// The PEM file of the authorities that may have signed clients' certificates, or nil to ask for none.
    public var clientAuthorities: String?
    /// The PEM file of the lists of revoked clients' certificates, or nil to look at none; read only with
    /// ``clientAuthorities``.
    public var revocationLists: String?

    /// Names the files.
    public init(
        certificate: String,
        key: String,
        clientAuthorities: String? = nil,
        revocationLists: String? = nil
    ) {
        self.certificate = certificate
        self.key = key
        self.clientAuthorities = clientAuthorities
        self.revocationLists = revocationLists
    }

    /// The paths, in the order in which they are read.
    var paths: [String] {
        guard let clientAuthorities else { return [certificate, key] }
        return [certificate, key, clientAuthorities] + (revocationLists.map { [$0] } ?? [])
    }
}
