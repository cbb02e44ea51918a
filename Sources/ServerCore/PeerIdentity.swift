/// The names in a client certificate that the TLS layer has verified.
public struct PeerIdentity: Sendable, Equatable {
    /// The subject's common name, where it has one.
    public var commonName: String?
    /// The DNS names among the subject alternative names.
    public var dnsNames: [String]
    /// The URIs among the subject alternative names (SPIFFE identities are here).
    public var uris: [String]
    /// The SHA-256 fingerprint of the certificate, 64 lower-case hexadecimal digits; empty when it is not known.
    public var fingerprint = ""
    /// The subject as RFC 2253 writes it; empty when it is not known.
    public var subject = ""

    /// Makes an identity from a certificate's names.
    public init(commonName: String?, dnsNames: [String], uris: [String]) {
        self.commonName = commonName
        self.dnsNames = dnsNames
        self.uris = uris
    }
}
