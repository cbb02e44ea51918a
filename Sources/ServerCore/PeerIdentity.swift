/// The names in a client certificate that the TLS layer has verified.
public struct PeerIdentity: Sendable, Equatable {
    /// The subject's common name, where it has one.
    public var commonName: String?
    /// The DNS names among the subject alternative names.
    public var dnsNames: [String]
    /// The URIs among the subject alternative names (SPIFFE identities are here).
    public var uris: [String]

    /// Makes an identity from a certificate's names.
    public init(commonName: String?, dnsNames: [String], uris: [String]) {
        self.commonName = commonName
        self.dnsNames = dnsNames
        self.uris = uris
    }
}
