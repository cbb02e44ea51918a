/// What the planner has to know of a certificate.
public struct CertificateFacts: Sendable, Hashable {
    /// The SHA-256 fingerprint.
    public var fingerprint: String
    /// The first second of validity, in seconds since 1970.
    public var notBefore: Int64
    /// The last second of validity, in seconds since 1970.
    public var notAfter: Int64

    /// States the facts.
    public init(_ fingerprint: String, from notBefore: Int64, to notAfter: Int64) {
        self.fingerprint = fingerprint
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// Whether the validity has ended.
    func isExpired(at now: Int64) -> Bool { notAfter < now }
}

/// What the planner has to know of a serving certificate.
public struct ServingFacts: Sendable, Hashable {
    /// The certificate.
    public var certificate: CertificateFacts
    /// The fingerprint of the known authority that signed it, or nil when it was another.
    public var issuer: String?
    /// Whether it has every name of the service.
    public var hasNames: Bool

    /// States the facts.
    public init(_ certificate: CertificateFacts, issuer: String?, hasNames: Bool = true) {
        self.certificate = certificate
        self.issuer = issuer
        self.hasNames = hasNames
    }
}
