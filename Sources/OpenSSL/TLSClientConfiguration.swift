/// What a TLS client trusts and offers.
public struct TLSClientConfiguration: Sendable {
    /// The authorities that the server's certificate must lead to, or nil for those of the operating system.
    public var authorities: CertificateChain?
    /// Whether the server's certificate is checked at all: its chain, and its name when the connection has one.
    public var verifiesServer: Bool
    /// Whether the server's certificate must bear the name that is asked for; only with ``verifiesServer``.
    public var checksName = true
    /// The certificates that are accepted no longer, as in ``TLSServerConfiguration/revocationLists``.
    public var revocationLists: [RevocationList] = []
    /// Whether the lists count for the server's own certificate alone, and not for those of its authorities.
    public var revokesLeafOnly = false
    /// The most authorities between the server's certificate and a trusted one.
    public var maximumDepth: Int32 = 3
    /// The certificate shown to a server that asks for one, followed by the intermediate ones.
    public var chain: CertificateChain?
    /// The private key of the chain's leaf.
    public var key: PrivateKey?
    /// Whether connections resume the session of an earlier one with the same server, which was verified then.
    public var resumesSessions = false
    /// The application protocols (RFC 7301) to offer, in order of preference; empty to offer none.
    public var applicationProtocols: [String]
    /// The oldest version that is accepted.
    public var minimumVersion: TLSVersion
    /// The newest version that is accepted.
    public var maximumVersion: TLSVersion

    /// Makes a configuration that checks the server and has no certificate of its own.
    public init(authorities: CertificateChain? = nil, applicationProtocols: [String] = []) {
        self.authorities = authorities
        self.applicationProtocols = applicationProtocols
        verifiesServer = true
        chain = nil
        key = nil
        minimumVersion = .tls12
        maximumVersion = .tls13
    }
}
