/// How long certificates live and when they are replaced.
///
///     |-- valid ---------------------------------------------------------|
///     0                                       2/3   + jitter             1
///                                              '--- replaced in here
///
/// The jitter is a thirtieth of the validity at most, a number of its own for every replica, so that as a rule one of
/// them acts and the others find it done.
public struct RotationPolicy: Sendable, Equatable {
    /// Certificates begin this much in the past at most, in seconds, for clocks that are behind.
    private static let backdating: Int64 = 300

    /// The validity of an authority, in seconds.
    public var authorityLifetime: Int64
    /// The validity of a serving certificate, in seconds; never longer than that of its authority.
    public var servingLifetime: Int64
    /// How long an authority must have been published everywhere before it is relied on, in seconds.
    ///
    /// An API server learns of a changed configuration by its own watch.
    public var grace: Int64
    /// This replica's place in the jitter, from 0 to 1.
    public var jitter: Double

    /// Makes a policy; the defaults are a year, 90 days and a minute.
    public init(
        authorityLifetime: Int64 = 365 * 86_400,
        servingLifetime: Int64 = 90 * 86_400,
        grace: Int64 = 60,
        jitter: Double = 0
    ) {
        self.authorityLifetime = authorityLifetime
        self.servingLifetime = min(servingLifetime, authorityLifetime)
        self.grace = grace
        self.jitter = min(1, max(0, jitter))
    }

    /// When a certificate is to be replaced, in seconds since 1970.
    func due(_ certificate: CertificateFacts) -> Int64 {
        // The dates come from a file that anybody may have written: no arithmetic on them may trap.
        let lifetime = Double(certificate.notAfter) - Double(certificate.notBefore)
        let due = Double(certificate.notBefore) + lifetime * (2.0 / 3 + jitter / 30)
        return Int64(exactly: due.rounded()) ?? certificate.notAfter
    }

    /// The first second of a certificate that is made at `now` for `lifetime` seconds.
    func start(of lifetime: Int64, now: Int64) -> Int64 {
        now - min(Self.backdating, lifetime / 10)
    }
}
