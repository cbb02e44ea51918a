import OpenSSL

/// What a reloader remembers of the looks it took, as a value.
struct ReloadHistory: Sendable {
    /// Files changed this recently may change again without a visible trace, in nanoseconds: they are read again.
    private static let settlingTime: Int64 = 2_000_000_000

    /// How long before its end a certificate is spoken of as expiring, in seconds: seven days.
    private static let expiryNotice: Int64 = 7 * 86_400
    /// How long before a revocation list must be replaced it is spoken of, in seconds: an hour.
    private static let revocationNotice: Int64 = 3_600
    /// How long the same warning rests, in seconds: a day.
    private static let warningRest: Int64 = 86_400

    /// For metrics.
    private(set) var status: CertificateStatus
    /// The hashes of the files in use.
    private var digests: [[UInt8]]
    /// The stamps of the files in use, once they have settled.
    private var stamps: [FileStamp]?
    private var lastFailure: OpenSSLError?
    private var nextWarning = Int64.min

    /// Begins with the first set.
    init(_ set: CertificateSet) {
        status = CertificateStatus(
            notAfter: set.chain.notAfter,
            fingerprint: set.chain.leaf.fingerprint,
            revocationNextUpdate: set.revocationNextUpdate,
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
            status.revocationNextUpdate = set.revocationNextUpdate
            status.reloads &+= 1
            nextWarning = .min
        }
        status.lastReloadSuccessful = true
        lastFailure = nil
        let settled = now.multipliedReportingOverflow(by: 1_000_000_000).partialValue &- Self.settlingTime
        self.stamps = stamps.allSatisfy { $0.changed < settled } ? stamps : nil
    }

    /// What will expire soon, or has, as a sentence for the log; nil when nothing does or it was said within a day.
    mutating func expiryWarning(now: Int64) -> String? {
        guard now >= nextWarning else { return nil }
        var warnings: [String] = []
        if status.notAfter - now < Self.expiryNotice {
            let days = max(0, status.notAfter - now) / 86_400
            warnings.append(
                status.notAfter < now
                    ? "the serving certificate has expired" : "the serving certificate expires within \(days + 1) days"
            )
        }
        if let update = status.revocationNextUpdate, update - now < Self.revocationNotice {
            warnings.append(
                update < now
                    ? "a client revocation list is out of date, and clients of its authority are refused"
                    : "a client revocation list is out of date within the hour"
            )
        }
        guard !warnings.isEmpty else { return nil }
        nextWarning = now.addingReportingOverflow(Self.warningRest).partialValue
        return warnings.joined(separator: "; ") + "; renew it"
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
