import JSON
import OpenSSL

/// A serving certificate and its key.
struct ServingPair: Sendable {
    let certificate: Certificate
    let key: PrivateKey
}

/// The content of the Secret that replicas share.
///
/// | key of `data` | what it holds |
/// |---|---|
/// | `tls.crt`, `tls.key` | the serving certificate, as in a Secret of type kubernetes.io/tls |
/// | `ca.crt`, `ca.key` | the authority that signs |
/// | `next-ca.crt`, `next-ca.key` | the authority that is to sign next, while it is being published |
/// | `previous-ca.crt` | authorities that sign no more; their keys are gone |
///
/// What cannot be used counts as absent. Other keys are left alone.
struct StoredCertificates: Sendable {
    /// The most authorities that are kept after they stopped to sign.
    static let maximumPrevious = 4

    /// The authority that signs.
    var authority: CertificateAuthority?
    /// The serving certificate.
    var serving: ServingPair?
    /// The authority that is to sign next.
    var next: CertificateAuthority?
    /// Authorities that sign no more, the latest first.
    var previous: [Certificate] = []

    /// Begins with nothing.
    init() {}

    /// Reads a Secret.
    init(secret: JSONValue) {
        func text(_ key: String) -> [UInt8]? {
            secret["data"]?[key]?.string.flatMap { Base64.decode($0) }
        }
        authority = Self.authority(text("ca.crt"), text("ca.key"))
        next = Self.authority(text("next-ca.crt"), text("next-ca.key"))
        serving = Self.pair(text("tls.crt"), text("tls.key"))
        let chain = text("previous-ca.crt").flatMap { try? CertificateChain(pem: $0) }
        previous = Array((chain?.certificates ?? []).filter(\.isAuthority).prefix(Self.maximumPrevious))
    }

    /// What the API server has to trust: the authority that signs first.
    var trusted: [Certificate] {
        var certificates: [Certificate] = []
        for certificate in [authority?.certificate, next?.certificate].compactMap(\.self) + previous
        where !certificates.contains(certificate) {
            certificates.append(certificate)
        }
        return certificates
    }

    /// The Secret with this content in place of the old; everything else of it stays.
    func written(into secret: JSONValue) throws(OpenSSLError) -> JSONValue {
        var object = secret.object ?? JSONObject()
        var data = object["data"]?.object ?? JSONObject()
        data["ca.crt"] = try Self.value(authority?.certificate.pem())
        data["ca.key"] = try Self.value(authority?.key.pem())
        data["tls.crt"] = try Self.value(serving?.certificate.pem())
        data["tls.key"] = try Self.value(serving?.key.pem())
        data["next-ca.crt"] = try Self.value(next?.certificate.pem())
        data["next-ca.key"] = try Self.value(next?.key.pem())
        var pem: [UInt8] = []
        for certificate in previous { pem += try certificate.pem() }
        data["previous-ca.crt"] = try Self.value(pem.isEmpty ? nil : pem)
        object["data"] = .object(data)
        return .object(object)
    }

    private static func value(_ bytes: [UInt8]?) throws(OpenSSLError) -> JSONValue? {
        guard let bytes else { return nil }
        return .string(String(decoding: try Base64.encode(bytes), as: UTF8.self))
    }

    private static func pair(_ certificate: [UInt8]?, _ key: [UInt8]?) -> ServingPair? {
        guard let certificate, let key, let leaf = try? Certificate(pem: certificate),
            let key = try? PrivateKey(pem: key), leaf.matches(key)
        else { return nil }
        return ServingPair(certificate: leaf, key: key)
    }

    private static func authority(_ certificate: [UInt8]?, _ key: [UInt8]?) -> CertificateAuthority? {
        guard let pair = pair(certificate, key) else { return nil }
        return try? CertificateAuthority(certificate: pair.certificate, key: pair.key)
    }
}
