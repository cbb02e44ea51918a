import OpenSSL

/// What a reloader remembers of the looks it took, as a value.
struct ReloadHistory: Sendable {
    /// Files changed this recently may change again without a visible trace, in nanoseconds: they are read again.
    private static let settlingTime: Int64 = 2_000_000_000

    /// For metrics.
    private(set) var status: CertificateStatus
    /// The hashes of the files in use.
    private var digests: [[UInt8]]
    /// The stamps of the files in use, once they have settled.
    private var stamps: [FileStamp]?
    private var lastFailure: OpenSSLError?

    /// Begins with the first set.
    init(_ set: CertificateSet) {
        status = CertificateStatus(
            notAfter: set.chain.notAfter,
            fingerprint: set.chain.leaf.fingerprint,
            lastReloadSuccessful: true,
            reloads: 0,
            failures: 0
        )
        digests = set.digests
    }

    /// Whether files with `stamps` are the ones in use for certain, so that they need not be read.
    func knows(_ stamps: [FileStamp]) -> Bool {
        status.lastReloadSuccessful && self.stamps == stamps
    }

    /// Whether `set` is the one in use.
    func uses(_ set: CertificateSet) -> Bool {
        digests == set.digests
    }

    /// Notes that `set`, read from files with `stamps` at `now` (seconds since 1970), is in use.
    mutating func accept(_ set: CertificateSet, _ stamps: [FileStamp], now: Int64) {
        if !uses(set) {
            digests = set.digests
            status.notAfter = set.chain.notAfter
            status.fingerprint = set.chain.leaf.fingerprint
            status.reloads &+= 1
        }
        status.lastReloadSuccessful = true
        lastFailure = nil
        let settled = now.multipliedReportingOverflow(by: 1_000_000_000).partialValue &- Self.settlingTime
        self.stamps = stamps.allSatisfy { $0.changed < settled } ? stamps : nil
    }

    /// Notes a failure; false when it is the one that was noted last.
    mutating func fail(_ error: OpenSSLError) -> Bool {
        stamps = nil
        status.lastReloadSuccessful = false
        guard lastFailure != error else { return false }
        lastFailure = error
        status.failures &+= 1
        return true
    }
}
