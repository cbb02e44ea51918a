/// What one look at the certificate files came to.
public struct CertificateReport: Sendable, Equatable {
    /// The outcome.
    public enum Result: String, Sendable {
        /// A new set is in use for new connections.
        case loaded
        /// The files hold the set in use.
        case unchanged
        /// The set in use ends soon, or has; said once a day.
        case expiring
        /// The files cannot be used; the set in use stays.
        case failed
    }

    /// The outcome.
    public var result: Result
    /// The outcome in a sentence, for a log.
    public var message: String
    /// The earliest end of validity in the chain in use, in seconds since 1970.
    public var notAfter: Int64
    /// The SHA-256 fingerprint of the serving certificate in use.
    public var fingerprint: String

    /// Makes a report.
    public init(result: Result, message: String, notAfter: Int64, fingerprint: String) {
        self.result = result
        self.message = message
        self.notAfter = notAfter
        self.fingerprint = fingerprint
    }
}
