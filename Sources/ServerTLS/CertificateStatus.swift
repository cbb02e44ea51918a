/// The state of a server's certificates, for metrics and readiness.
public struct CertificateStatus: Sendable, Equatable {
    /// The earliest end of validity in the chain in use, in seconds since 1970
    /// (`pillion_tls_certificate_not_after_timestamp_seconds`).
    public var notAfter: Int64
    /// The SHA-256 fingerprint of the serving certificate in use, 64 lower-case hexadecimal digits.
    public var fingerprint: String
    /// When the first of the revocation lists in use must have been replaced, in seconds since 1970; nil without lists.
    ///
    /// After that no client that shows a certificate of its authority is let in.
    public var revocationNextUpdate: Int64?
    /// Whether the files, when last looked at, were those in use.
    public var lastReloadSuccessful: Bool
    /// How many new sets were taken into use since the start, the first not counted.
    public var reloads: UInt64
    /// How many distinct failures there were; one that lasts counts once.
    public var failures: UInt64

    /// Makes a status; by default that of a server without a certificate yet.
    public init(
        notAfter: Int64 = 0,
        fingerprint: String = "",
        revocationNextUpdate: Int64? = nil,
        lastReloadSuccessful: Bool = false,
        reloads: UInt64 = 0,
        failures: UInt64 = 0
    ) {
        self.notAfter = notAfter
        self.fingerprint = fingerprint
        self.revocationNextUpdate = revocationNextUpdate
        self.lastReloadSuccessful = lastReloadSuccessful
        self.reloads = reloads
        self.failures = failures
    }
}
