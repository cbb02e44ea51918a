import OpenSSL

/// Carries out the changes that a plan asks for: makes keys and certificates.
struct CertificateIssuer: Sendable {
    /// The lifetimes.
    let policy: RotationPolicy
    /// The names of the serving certificate, at least one.
    let names: [String]

    /// The content of the Secret after `change`.
    ///
    /// - Parameters:
    ///   - change: What to do.
    ///   - stored: The content before.
    ///   - held: What this replica serves.
    ///   - published: The authorities that the webhook configurations trust; an installation that begins keeps them, so
    ///     that replicas with certificates from elsewhere are trusted until they are gone.
    ///   - now: The time in seconds since 1970.
    /// - Returns: The content to write.
    /// - Throws: What OpenSSL cannot make.
    func apply(
        _ change: RotationPlan.Change,
        to stored: StoredCertificates,
        held: StoredCertificates?,
        published: [Certificate] = [],
        now: Int64
    ) throws(OpenSSLError) -> StoredCertificates {
        var result = stored
        switch change {
        case .create:
            result.previous = (stored.previous + published).filter(\.isAuthority)
            try sign(with: makeAuthority(now: now), &result, now: now)
        case .restore:
            guard let held else { return stored }
            result = held
            result.next = try makeAuthority(now: now)
        case .introduce:
            result.next = try makeAuthority(now: now)
        case .promote:
            guard let next = stored.next else { return stored }
            try sign(with: next, &result, now: now)
        case .renew:
            guard let authority = stored.authority else { return stored }
            result.serving = try issue(by: authority, now: now)
        case .overlap:
            result.previous = kept([held?.authority?.certificate].compactMap(\.self) + stored.previous, now: now)
        case .retire:
            result.previous = kept(stored.previous, now: now)
        }
        return result
    }

    /// Makes `authority` the one that signs, and keeps the one before it as one to trust.
    private func sign(
        with authority: CertificateAuthority,
        _ stored: inout StoredCertificates,
        now: Int64
    ) throws(OpenSSLError) {
        stored.previous = kept([stored.authority?.certificate].compactMap(\.self) + stored.previous, now: now)
        stored.authority = authority
        stored.next = nil
        stored.serving = try issue(by: authority, now: now)
    }

    private func kept(_ certificates: [Certificate], now: Int64) -> [Certificate] {
        var kept: [Certificate] = []
        for certificate in certificates where certificate.notAfter >= now && !kept.contains(certificate) {
            kept.append(certificate)
        }
        return Array(kept.prefix(StoredCertificates.maximumPrevious))
    }

    private func makeAuthority(now: Int64) throws(OpenSSLError) -> CertificateAuthority {
        // A name of its own: a verifier that looks authorities up by name then finds one and not several.
        try CertificateAuthority.create(
            commonName: "Pillion CA \(String(UInt32.random(in: .min ... .max), radix: 16))",
            notBefore: policy.start(of: policy.authorityLifetime, now: now),
            notAfter: now + policy.authorityLifetime
        )
    }

    private func issue(by authority: CertificateAuthority, now: Int64) throws(OpenSSLError) -> ServingPair {
        let key = try PrivateKey.generateP256()
        let template = CertificateTemplate(
            commonName: names.first { (1...64).contains($0.utf8.count) } ?? "pillion",
            purpose: .server,
            dnsNames: names,
            notBefore: policy.start(of: policy.servingLifetime, now: now),
            notAfter: min(now + policy.servingLifetime, authority.certificate.notAfter)
        )
        return ServingPair(certificate: try authority.issue(template, for: key), key: key)
    }
}
