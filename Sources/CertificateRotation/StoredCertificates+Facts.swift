import OpenSSL

extension CertificateFacts {
    /// The facts of a certificate.
    init(_ certificate: Certificate) {
        self.init(certificate.fingerprint, from: certificate.notBefore, to: certificate.notAfter)
    }
}

extension StoredCertificates {
    /// The facts of the serving certificate, judged by the authorities beside it.
    func servingFacts(names: [String]) -> ServingFacts? {
        guard let serving else { return nil }
        let issuer = trusted.first { serving.certificate.isSigned(by: $0) }
        let found = Set(serving.certificate.alternativeNames.dnsNames)
        return ServingFacts(
            CertificateFacts(serving.certificate),
            issuer: issuer?.fingerprint,
            hasNames: found.isSuperset(of: names)
        )
    }

    /// The facts of what a replica that uses this content holds.
    func heldFacts(names: [String]) -> RotationFacts.Held? {
        guard let authority, let serving = servingFacts(names: names) else { return nil }
        return RotationFacts.Held(authority: CertificateFacts(authority.certificate), serving: serving)
    }

    /// The facts of the Secret, without what lies outside of it.
    func facts(names: [String], now: Int64) -> RotationFacts {
        RotationFacts(
            authority: authority.map { CertificateFacts($0.certificate) },
            serving: servingFacts(names: names),
            next: next.map { CertificateFacts($0.certificate) },
            previous: previous.map { CertificateFacts($0) },
            now: now
        )
    }
}
