import OpenSSL

/// A certificate, its key and the clients' authorities as they were read at one moment, checked.
struct CertificateSet: Sendable {
    /// A certificate may begin this much later than our clock says, in seconds: clocks differ.
    private static let allowedClockSkew: Int64 = 300

    /// The chain to serve.
    let chain: CertificateChain
    /// The key of the chain's leaf.
    let key: PrivateKey
    /// The authorities of clients, if any may show a certificate.
    let clientAuthorities: CertificateChain?
    /// The certificates of clients that are accepted no longer.
    let revocationLists: [RevocationList]
    /// What tells this set from another one: the hashes of the files.
    let digests: [[UInt8]]

    /// Parses and checks what was read of `files`.
    ///
    /// - Parameters:
    ///   - files: The paths, for messages.
    ///   - contents: The bytes, in the order of `files.paths`.
    ///   - now: The time in seconds since 1970.
    /// - Throws: What is wrong, located at the file.
    init(_ files: CertificateFiles, contents: [[UInt8]], now: Int64) throws(OpenSSLError) {
        let paths = files.paths
        guard contents.count == paths.count, let certificate = contents.first, let key = contents.dropFirst().first
        else {
            throw OpenSSLError(.unreadableFile, "not all files were read", at: files.certificate)
        }
        chain = try Self.locating(files.certificate) { () throws(OpenSSLError) in
            try CertificateChain(pem: certificate)
        }
        self.key = try Self.locating(files.key) { () throws(OpenSSLError) in
            try PrivateKey(pem: key)
        }
        clientAuthorities = try Self.parsing(files.clientAuthorities, contents.dropFirst(2).first) {
            (pem) throws(OpenSSLError) in try CertificateChain(pem: pem)
        }
        revocationLists =
            try Self.parsing(files.revocationLists, contents.dropFirst(3).first) { (pem) throws(OpenSSLError) in
                try RevocationList.bundle(pem: pem)
            } ?? []
        var digests: [[UInt8]] = []
        for content in contents {
            digests.append(try SHA256.digest(of: content))
        }
        self.digests = digests
        try requireMatch(files)
        try requireValidity(files, now: now)
    }

    private static func locating<Value>(
        _ path: String,
        _ body: () throws(OpenSSLError) -> Value
    ) throws(OpenSSLError) -> Value {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw error.located(at: path)
        }
    }

    /// What is in a file that need not be there.
    private static func parsing<Value>(
        _ path: String?,
        _ content: [UInt8]?,
        _ parse: ([UInt8]) throws(OpenSSLError) -> Value
    ) throws(OpenSSLError) -> Value? {
        guard let path, let content else { return nil }
        return try locating(path) { () throws(OpenSSLError) in try parse(content) }
    }

    /// When the first of the revocation lists must have been replaced, in seconds since 1970; nil without lists.
    var revocationNextUpdate: Int64? {
        revocationLists.compactMap(\.nextUpdate).min()
    }

    private func requireMatch(_ files: CertificateFiles) throws(OpenSSLError) {
        guard chain.leaf.matches(key) else {
            throw OpenSSLError(
                .keyMismatch,
                "does not belong to the first certificate of \(files.certificate)",
                at: files.key
            )
        }
    }

    private func requireValidity(_ files: CertificateFiles, now: Int64) throws(OpenSSLError) {
        guard chain.leaf.notAfter >= now else {
            throw OpenSSLError(
                .expiredCertificate,
                "the certificate expired \(now - chain.leaf.notAfter) s ago; renew it",
                at: files.certificate
            )
        }
        guard chain.leaf.notBefore <= now + Self.allowedClockSkew else {
            throw OpenSSLError(
                .prematureCertificate,
                "the certificate becomes valid in \(chain.leaf.notBefore - now) s; check the clock",
                at: files.certificate
            )
        }
    }
}
