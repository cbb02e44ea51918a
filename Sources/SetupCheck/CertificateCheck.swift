public import OpenSSL

/// Looks at what the webhook would serve with, and at what it would ask of clients.
public struct CertificateCheck: Sendable {
    /// How long before its end a certificate is spoken of, in seconds: a week.
    private static let notice: Int64 = 7 * 86_400

    private let files: (certificate: String, key: String, authorities: String?, revocations: String?)
    private let now: Int64
    private let read: @Sendable (String) throws(OpenSSLError) -> [UInt8]

    /// Names what is looked at.
    ///
    /// - Parameters:
    ///   - certificate: The file of the serving chain.
    ///   - key: The file of its key.
    ///   - authorities: The file of clients' authorities; nil for none.
    ///   - revocations: The file of their revocation lists; nil for none.
    ///   - now: The time in seconds since 1970.
    ///   - read: Reads a file.
    public init(
        certificate: String,
        key: String,
        authorities: String?,
        revocations: String?,
        now: Int64,
        read: @escaping @Sendable (String) throws(OpenSSLError) -> [UInt8] = { (path) throws(OpenSSLError) in
            try PEMFile.read(path)
        }
    ) {
        files = (certificate, key, authorities, revocations)
        self.now = now
        self.read = read
    }

    /// Looks.
    ///
    /// - Returns: The results, and the serving chain where it could be read.
    public func run() -> (results: [CheckResult], chain: CertificateChain?) {
        let chain: CertificateChain
        do throws(OpenSSLError) {
            chain = try CertificateChain(pem: read(files.certificate))
        } catch {
            let hint = "make one with `pillion certs create`, or name it with --tls-cert"
            let result = CheckResult(.tlsFiles, .failed, files.certificate, error.reason, hint: hint)
            return ([result] + clients(), nil)
        }
        return (key(of: chain) + [order(of: chain), dates(of: chain)] + clients(), chain)
    }

    private func key(of chain: CertificateChain) -> [CheckResult] {
        do throws(OpenSSLError) {
            let key = try PrivateKey(pem: read(files.key))
            let readable = CheckResult(.tlsFiles, .passed, files.certificate, chain.leaf.subject)
            guard chain.leaf.matches(key) else {
                let detail = "\(files.key) is the key of another certificate"
                let hint = "mount certificate and key from the same Secret"
                return [readable, CheckResult(.tlsKey, .failed, files.key, detail, hint: hint)]
            }
            return [readable, CheckResult(.tlsKey, .passed, files.key, "")]
        } catch {
            let hint = "the key must be PEM and without a password"
            return [CheckResult(.tlsFiles, .failed, files.key, error.reason, hint: hint)]
        }
    }

    private func order(of chain: CertificateChain) -> CheckResult {
        let links = chain.certificates
        for (lower, upper) in zip(links, links.dropFirst()) where !lower.isSigned(by: upper) {
            let detail = "\(lower.subject) is not signed by \(upper.subject), which follows it"
            let hint = "put the serving certificate first, then each one's issuer"
            return CheckResult(.tlsChain, .failed, files.certificate, detail, hint: hint)
        }
        return CheckResult(.tlsChain, .passed, "", "\(links.count) certificates")
    }

    private func dates(of chain: CertificateChain) -> CheckResult {
        let hint = "renew it: `pillion certs renew`, or by whoever issues it"
        func result(_ outcome: CheckResult.Outcome, _ detail: String) -> CheckResult {
            CheckResult(.tlsDates, outcome, "", detail, hint: outcome == .passed ? "" : hint)
        }
        if chain.leaf.notBefore > now {
            return result(.failed, "it becomes valid in \(days(chain.leaf.notBefore - now))")
        }
        if chain.notAfter < now { return result(.failed, "it expired \(days(now - chain.notAfter)) ago") }
        if chain.notAfter - now < Self.notice { return result(.warned, "it expires in \(days(chain.notAfter - now))") }
        return result(.passed, "it expires in \(days(chain.notAfter - now))")
    }

    private func clients() -> [CheckResult] {
        guard let authorities = files.authorities else { return [] }
        var results: [CheckResult] = []
        do throws(OpenSSLError) {
            _ = try CertificateChain(pem: read(authorities))
            results.append(CheckResult(.clientAuthority, .passed, authorities, ""))
        } catch {
            let hint = "name the authority of the API server's client certificate with --client-ca"
            results.append(CheckResult(.clientAuthority, .failed, authorities, error.reason, hint: hint))
        }
        guard let revocations = files.revocations else { return results }
        let hint = "fetch the authority's current list"
        do throws(OpenSSLError) {
            let lists = try RevocationList.bundle(pem: read(revocations))
            guard let old = lists.first(where: { $0.nextUpdate.map { $0 < now } ?? false }) else {
                return results + [CheckResult(.clientRevocation, .passed, revocations, "")]
            }
            let detail = "the list of \(old.issuer) is out of date: every client of it is refused"
            return results + [CheckResult(.clientRevocation, .failed, revocations, detail, hint: hint)]
        } catch {
            return results + [CheckResult(.clientRevocation, .failed, revocations, error.reason, hint: hint)]
        }
    }

    private func days(_ seconds: Int64) -> String {
        seconds < 2 * 86_400 ? "\(seconds / 3_600) hours" : "\(seconds / 86_400) days"
    }
}
