import OpenSSL
import ServerTLS

/// What a replica remembers between two looks, as a value.
struct RotationMemory: Sendable {
    /// What it serves, if it does.
    private(set) var held: StoredCertificates?
    /// For metrics and readiness.
    var status = CertificateStatus()
    /// The end of validity of the authority that signs, in seconds since 1970; 0 while none is known.
    private(set) var authorityNotAfter: Int64 = 0
    /// Whether every configuration is there and calls the Service.
    private var isComplete = false
    /// Since when every configuration has trusted an authority, by fingerprint.
    private(set) var trustedSince: [String: Int64] = [:]

    /// Notes which authorities every configuration trusts at `now`.
    ///
    /// - Parameters:
    ///   - trusted: The fingerprints.
    ///   - isKnown: Whether every configuration could be read; if not, nothing is concluded.
    ///   - isComplete: Whether every configuration is there and calls the Service.
    ///   - now: The time in seconds since 1970.
    mutating func observe(trusted: Set<String>, isKnown: Bool, isComplete: Bool = true, now: Int64) {
        guard isKnown else { return }
        trustedSince = trustedSince.filter { trusted.contains($0.key) }
        for fingerprint in trusted where trustedSince[fingerprint] == nil { trustedSince[fingerprint] = now }
        self.isComplete = isComplete
    }

    /// Whether every configuration trusts the authority of what is served.
    var isPublished: Bool {
        guard isComplete, let authority = held?.authority else { return false }
        return trustedSince[authority.certificate.fingerprint] != nil
    }

    /// Notes that `stored` is served; false when it was before.
    mutating func hold(_ stored: StoredCertificates) -> Bool {
        guard let serving = stored.serving else { return false }
        let isFirst = held == nil
        let isNew = held?.serving?.certificate != serving.certificate
        held = stored
        authorityNotAfter = stored.authority?.certificate.notAfter ?? 0
        guard isNew else { return false }
        status.notAfter = serving.certificate.notAfter
        status.fingerprint = serving.certificate.fingerprint
        if !isFirst { status.reloads &+= 1 }
        return true
    }

    /// Notes how a look ended.
    mutating func finish(isSuccess: Bool) {
        if !isSuccess, status.lastReloadSuccessful { status.failures &+= 1 }
        status.lastReloadSuccessful = isSuccess
    }
}
