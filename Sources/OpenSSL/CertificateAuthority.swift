/// A certificate authority for development and for clusters without one of their own: a certificate and its key.
public struct CertificateAuthority: Sendable {
    /// The authority's certificate, which clients trust.
    public let certificate: Certificate
    /// The authority's key, which signs.
    public let key: PrivateKey

    /// Takes up an authority that was made before.
    ///
    /// - Throws: `keyMismatch`, or `invalidConfiguration` when the certificate may not sign.
    public init(certificate: Certificate, key: PrivateKey) throws(OpenSSLError) {
        guard certificate.matches(key) else {
            throw OpenSSLError(.keyMismatch, "the private key does not belong to the authority's certificate")
        }
        guard certificate.isAuthority else {
            throw OpenSSLError(.invalidConfiguration, "the certificate \(certificate.subject) may not sign others")
        }
        self.certificate = certificate
        self.key = key
    }

    /// Makes an authority with a fresh P-256 key, signed by itself.
    ///
    /// - Parameters:
    ///   - commonName: The name of the authority.
    ///   - notBefore: The first second of validity, in seconds since 1970.
    ///   - notAfter: The last second of validity, in seconds since 1970.
    /// - Returns: The authority.
    /// - Throws: `invalidConfiguration` for a name or validity that cannot be used.
    public static func create(
        commonName: String,
        notBefore: Int64,
        notAfter: Int64
    ) throws(OpenSSLError) -> CertificateAuthority {
        let template = CertificateTemplate(
            commonName: commonName,
            purpose: .authority,
            notBefore: notBefore,
            notAfter: notAfter
        )
        let key = try PrivateKey.generateP256()
        let certificate = try CertificateBuilder(template, publicKey: key).sign(issuer: nil, with: key)
        return try CertificateAuthority(certificate: certificate, key: key)
    }

    /// Signs a certificate that says what `template` does, for the owner of `key`.
    ///
    /// - Throws: `invalidConfiguration` for a name, address or validity that cannot be used.
    public func issue(_ template: CertificateTemplate, for key: PrivateKey) throws(OpenSSLError) -> Certificate {
        try CertificateBuilder(template, publicKey: key).sign(issuer: certificate, with: self.key)
    }
}
