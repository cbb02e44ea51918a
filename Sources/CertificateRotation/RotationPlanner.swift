/// Decides the next step of a rotation; a value without memory, to which time is an input.
///
///                  create                              authority due              trusted everywhere + grace
///     (empty) ----------------> authority, serving --- introduce ---> + next ---- promote ---> next is the authority,
///        ^                         |   ^  serving due                              the old one is kept as previous
///        '-- restore (held) -------'   '-- renew                                   until it expires (retire)
///
/// | the Secret has | change |
/// |---|---|
/// | no usable authority, this replica holds one | restore |
/// | no usable authority, but one to come | promote |
/// | nothing usable | create |
/// | an authority of the future (our clock is behind) | none |
/// | another authority than the one held, which it does not list | overlap |
/// | no serving certificate, or one that is expired, of another authority or without our names | renew |
/// | a next authority that is itself due | introduce |
/// | a next authority, trusted everywhere for the grace period | promote |
/// | no next authority, and the present one is due | introduce |
/// | a serving certificate that is due and not already as long as its authority | renew |
/// | previous authorities that have expired | retire |
///
/// The first row that fits counts. A serving certificate of an authority that is not yet trusted everywhere is not
/// used while the one in use is good.
public struct RotationPlanner: Sendable {
    /// Clocks may differ by this much, in seconds.
    static let allowedClockSkew: Int64 = 300

    /// The lifetimes.
    public let policy: RotationPolicy

    /// Makes a planner.
    public init(_ policy: RotationPolicy) {
        self.policy = policy
    }

    /// What to do now.
    public func plan(_ facts: RotationFacts) -> RotationPlan {
        RotationPlan(change: change(facts), serves: serves(facts), wakeAt: wakeAt(facts))
    }

    /// Whether the Secret's authority begins in the future: it is this clock that is wrong, or that of another replica.
    public func isClockBehind(_ facts: RotationFacts) -> Bool {
        guard let authority = facts.authority else { return false }
        return authority.notBefore > facts.now.addingReportingOverflow(Self.allowedClockSkew).partialValue
    }

    private func change(_ facts: RotationFacts) -> RotationPlan.Change? {
        guard let authority = facts.authority, !authority.isExpired(at: facts.now) else {
            if let held = facts.held, !held.authority.isExpired(at: facts.now) { return .restore }
            if let next = facts.next, !next.isExpired(at: facts.now) { return .promote }
            return .create
        }
        guard !isClockBehind(facts) else { return nil }
        if needsOverlap(facts) { return .overlap }
        guard let serving = facts.serving, isUsable(serving, of: authority, at: facts.now) else { return .renew }
        if let next = facts.next {
            if policy.due(next) <= facts.now { return .introduce }
            if facts.isPublicationKnown, isTrusted(next.fingerprint, facts) { return .promote }
        } else if policy.due(authority) <= facts.now {
            return .introduce
        }
        let isShortened = serving.certificate.notAfter >= authority.notAfter
        if policy.due(serving.certificate) <= facts.now, !isShortened { return .renew }
        if facts.previous.contains(where: { $0.isExpired(at: facts.now) }) { return .retire }
        return nil
    }

    private func needsOverlap(_ facts: RotationFacts) -> Bool {
        guard let held = facts.held?.authority, !held.isExpired(at: facts.now) else { return false }
        let listed = [facts.authority, facts.next].compactMap { $0?.fingerprint } + facts.previous.map(\.fingerprint)
        return !listed.contains(held.fingerprint)
    }

    private func isUsable(_ serving: ServingFacts, of authority: CertificateFacts, at now: Int64) -> Bool {
        serving.hasNames && serving.issuer == authority.fingerprint && !serving.certificate.isExpired(at: now)
    }

    /// Whether every configuration has trusted an authority for the grace period.
    private func isTrusted(_ authority: String, _ facts: RotationFacts) -> Bool {
        guard let since = facts.trustedSince[authority] else { return false }
        return graceEnd(since) <= facts.now
    }

    /// When the grace period that began in the second `since` is over for certain: it may have begun at its end.
    private func graceEnd(_ since: Int64) -> Int64 {
        guard policy.grace > 0 else { return since }
        return since.addingReportingOverflow(policy.grace).partialValue.addingReportingOverflow(1).partialValue
    }

    private func serves(_ facts: RotationFacts) -> Bool {
        guard let authority = facts.authority, let serving = facts.serving,
            isUsable(serving, of: authority, at: facts.now)
        else { return false }
        guard let held = facts.held, held.serving.certificate != serving.certificate else { return true }
        // Nothing to lose, or too little time left to be particular.
        if policy.due(held.serving.certificate) <= facts.now, !facts.isPublicationKnown { return true }
        if held.serving.certificate.isExpired(at: facts.now) { return true }
        return held.authority.fingerprint == authority.fingerprint || isTrusted(authority.fingerprint, facts)
    }

    /// The first moment at which the plan may be another one although nothing else has changed.
    private func wakeAt(_ facts: RotationFacts) -> Int64 {
        var moments: [Int64] = []
        for certificate in [facts.authority, facts.next, facts.serving?.certificate].compactMap(\.self) {
            moments += [policy.due(certificate), certificate.notAfter.addingReportingOverflow(1).partialValue]
        }
        moments += facts.previous.map { $0.notAfter.addingReportingOverflow(1).partialValue }
        moments += facts.trustedSince.values.map(graceEnd)
        return moments.filter { $0 > facts.now }.min() ?? Int64.max
    }
}
