/// What routing looks at besides the head of a request.
public struct RequestFacts: Sendable {
    /// Whether the request came over TLS, or so says a proxy that is trusted.
    public var isSecure: Bool
    /// Whether the client showed a certificate.
    public var presentsCertificate = false
    /// Whether that certificate was verified.
    public var hasValidCertificate = false
    /// A random number for `runtime_fraction` and weighted clusters.
    public var random: UInt64
    /// The client's IP address, for hashes.
    public var clientAddress: String

    /// Makes facts.
    public init(isSecure: Bool = false, random: UInt64 = 0, clientAddress: String = "") {
        self.isSecure = isSecure
        self.random = random
        self.clientAddress = clientAddress
    }
}
