/// What a TLS server offers and asks for.
public struct TLSServerConfiguration: Sendable {
    /// The certificate that is served, followed by the intermediate ones.
    public var chain: CertificateChain
    /// The private key of the chain's leaf.
    public var key: PrivateKey
    /// The authorities that may have signed a client's certificate, or nil to ask for none.
    ///
    /// When set, a certificate is requested but not required: a wrong one fails the handshake, an absent one leaves the
    /// connection without an identity, and the layer above decides what that may do.
    public var clientAuthorities: CertificateChain?
    /// The clients that may connect when ``clientAuthorities`` is set; empty for all.
    ///
    /// Each is named as its certificate names it: common name, DNS name or URI, byte for byte. Another one fails the
    /// handshake.
    public var clientNames: Set<String> = []
    /// The certificates that are accepted no longer; empty to look at no list.
    ///
    /// With one list, there must be one of every authority in a client's chain, the root's included (RFC 5280 section
    /// 6.3): a certificate whose authority's list is missing or out of date fails the handshake.
    public var revocationLists: [RevocationList] = []
    /// Whether the lists count for the client's own certificate alone, and not for those of its authorities.
    public var revokesLeafOnly = false
    /// The most authorities between a client's certificate and a trusted one.
    public var maximumDepth: Int32 = 3
    /// Whether any certificate will do that ``acceptsClient`` accepts, wherever it leads; for pinned certificates.
    public var acceptsAnyChain = false
    /// Whether a client without a certificate fails the handshake, where clients are asked for one.
    public var requiresClientCertificate = false
    /// What a client's certificate must be besides; nil for nothing.
    ///
    /// Called on the connection's thread. A certificate that it refuses fails the handshake.
    public var acceptsClient: (@Sendable (Certificate) -> Bool)?
    /// The application protocols (RFC 7301) in order of preference; empty to ignore the client's offer.
    ///
    /// A client that offers only others gets the alert no_application_protocol; one that offers nothing is served.
    public var applicationProtocols: [String]
    /// The keys of the tickets that let clients resume sessions; nil for no tickets.
    ///
    /// Without effect where clients are asked for certificates: a resumed session would not look at them again.
    public var ticketKeys: SessionTicketKeys?
    /// The oldest version that is accepted.
    public var minimumVersion: TLSVersion
    /// The newest version that is accepted.
    public var maximumVersion: TLSVersion

    /// Makes a configuration that accepts every version Pillion speaks.
    public init(
        chain: CertificateChain,
        key: PrivateKey,
        clientAuthorities: CertificateChain? = nil,
        applicationProtocols: [String] = []
    ) {
        self.chain = chain
        self.key = key
        self.clientAuthorities = clientAuthorities
        self.applicationProtocols = applicationProtocols
        minimumVersion = .tls12
        maximumVersion = .tls13
    }
}
