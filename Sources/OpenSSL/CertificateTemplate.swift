/// What a certificate to be made says.
public struct CertificateTemplate: Sendable, Equatable {
    /// What the holder of a certificate may prove with it.
    public enum Purpose: Sendable, Equatable {
        /// Sign other certificates.
        case authority
        /// Be a TLS server (extended key usage serverAuth).
        case server
        /// Be a TLS client (extended key usage clientAuth).
        case client
    }

    /// The subject's common name: 1 to 64 characters (RFC 5280 appendix A).
    public var commonName: String
    /// The use.
    public var purpose: Purpose
    /// The DNS names among the subject alternative names.
    public var dnsNames: [String]
    /// The IP addresses among them, in text form.
    public var ipAddresses: [String]
    /// The URIs among them.
    public var uris: [String]
    /// The first second of validity, in seconds since 1970.
    public var notBefore: Int64
    /// The last second of validity, in seconds since 1970.
    public var notAfter: Int64

    /// Describes a certificate.
    public init(
        commonName: String,
        purpose: Purpose,
        dnsNames: [String] = [],
        ipAddresses: [String] = [],
        uris: [String] = [],
        notBefore: Int64,
        notAfter: Int64
    ) {
        self.commonName = commonName
        self.purpose = purpose
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.uris = uris
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
