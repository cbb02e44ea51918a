/// What `x-forwarded-client-cert` can tell of a client's certificate, read once a connection.
public struct ClientCertificate: Sendable, Hashable {
    /// SHA-256 of the certificate in lower-case hexadecimal.
    public var sha256: String
    /// The subject as in RFC 2253, perhaps empty.
    public var subject: String
    /// The URIs among its names.
    public var uriNames: [String]
    /// The DNS names among its names.
    public var dnsNames: [String]
    /// The certificate in PEM.
    public var pem: String
    /// The certificates that the client sent, its own first, in PEM.
    public var chainPEM: String

    /// Makes a description.
    public init(
        sha256: String,
        subject: String = "",
        uriNames: [String] = [],
        dnsNames: [String] = [],
        pem: String = "",
        chainPEM: String = ""
    ) {
        self.sha256 = sha256
        self.subject = subject
        self.uriNames = uriNames
        self.dnsNames = dnsNames
        self.pem = pem
        self.chainPEM = chainPEM
    }
}
