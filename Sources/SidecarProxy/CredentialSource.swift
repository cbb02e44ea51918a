import Glibc
import OpenSSL
import ProxyConfiguration

/// Reads what the configuration names as the source of certificates and keys.
enum CredentialSource {
    /// The bytes that `source` leads to now.
    ///
    /// - Throws: `unreadableFile`, `oversizedFile`, located at the path or the variable.
    static func read(_ source: DataSource) throws(OpenSSLError) -> [UInt8] {
        switch source {
        case .inline(let bytes): return bytes
        case .file(let path): return try PEMFile.read(path)
        case .environment(let name):
            // Safety: getenv returns a NUL-terminated string or nil; nothing in the proxy changes the environment.
            guard let value = unsafe getenv(name) else {
                throw OpenSSLError(.unreadableFile, "the environment variable is not set", at: name)
            }
            return Array(unsafe String(cString: value).utf8)
        }
    }

    /// The certificates in `source`.
    static func chain(_ source: DataSource) throws(OpenSSLError) -> CertificateChain {
        let bytes = try read(source)
        return try locating(source) { () throws(OpenSSLError) in try CertificateChain(pem: bytes) }
    }

    /// A certificate with its key, which belong together.
    static func pair(_ certificate: TLSCertificate) throws(OpenSSLError) -> (CertificateChain, PrivateKey) {
        let chain = try chain(certificate.chain)
        let bytes = try read(certificate.privateKey)
        let key = try locating(certificate.privateKey) { () throws(OpenSSLError) in try PrivateKey(pem: bytes) }
        guard chain.leaf.matches(key) else {
            throw OpenSSLError(
                .keyMismatch,
                "the key does not belong to the certificate",
                at: place(certificate.privateKey)
            )
        }
        return (chain, key)
    }

    /// The revocation lists in `source`.
    static func revocationLists(_ source: DataSource) throws(OpenSSLError) -> [RevocationList] {
        let bytes = try read(source)
        return try locating(source) { () throws(OpenSSLError) in try RevocationList.bundle(pem: bytes) }
    }

    /// What tells the present content of `sources` from another.
    static func digest(_ sources: [DataSource]) throws(OpenSSLError) -> [[UInt8]] {
        var digests: [[UInt8]] = []
        for source in sources { digests.append(try SHA256.digest(of: try read(source))) }
        return digests
    }

    private static func locating<Value>(
        _ source: DataSource,
        _ body: () throws(OpenSSLError) -> Value
    ) throws(OpenSSLError) -> Value {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw error.located(at: place(source))
        }
    }

    private static func place(_ source: DataSource) -> String {
        switch source {
        case .file(let path): path
        case .inline: "inline"
        case .environment(let name): name
        }
    }
}
