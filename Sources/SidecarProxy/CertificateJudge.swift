import OpenSSL
import ProxyConfiguration
import ProxyRouting

/// Judges certificates by their names and hashes: what a `CertificateValidationContext` asks for beside the chain.
struct CertificateJudge: Sendable {
    /// A `SubjectAltNameMatcher`, prepared.
    private struct NameMatcher {
        let kind: SubjectAltNameMatcher.Kind
        let matcher: BytesMatcher
        /// The host name that a wildcard of the certificate may stand for; nil where the matcher is no exact DNS name.
        let host: String?
    }

    private let names: [NameMatcher]
    private let publicKeyPins: Set<[UInt8]>
    private let certificatePins: Set<[UInt8]>

    init(_ validation: CertificateValidation) {
        names = validation.subjectAltNames.map { name in
            var matcher = name.matcher
            var host: String?
            if name.kind == .dns {
                matcher.ignoresCase = true
                if case .exact(let text) = matcher.pattern { host = text.lowercased() }
            }
            return NameMatcher(kind: name.kind, matcher: BytesMatcher(matcher), host: host)
        }
        publicKeyPins = Set(validation.publicKeyPins)
        certificatePins = Set(validation.certificatePins)
    }

    /// Whether every certificate will do.
    var asksForNothing: Bool { names.isEmpty && !pins }

    private var pins: Bool { !publicKeyPins.isEmpty || !certificatePins.isEmpty }

    /// Why a certificate will not do, or nil when it does.
    func refusal(of certificate: Certificate) -> String? {
        if pins, !publicKeyPins.contains(certificate.publicKeyDigest), !certificatePins.contains(certificate.digest) {
            return "the certificate has none of the hashes that are asked for"
        }
        guard names.isEmpty || bears(certificate.alternativeNames) else {
            return "the certificate bears none of the names that are asked for"
        }
        return nil
    }

    private func bears(_ found: AlternativeNames) -> Bool {
        names.contains { name in
            let texts =
                switch name.kind {
                case .dns: found.dnsNames
                case .uri: found.uris
                case .email: found.emails
                case .ipAddress: found.ipAddresses
                }
            return texts.contains { text in
                name.matcher.matches(text.utf8Span.span)
                    || name.host.map { Self.covers(text.lowercased(), $0) } ?? false
            }
        }
    }

    /// Whether a wildcard stands for the first label of a host name (RFC 6125 section 6.4.3).
    static func covers(_ pattern: String, _ host: String) -> Bool {
        guard pattern.hasPrefix("*."), let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
        return host[dot...] == pattern.dropFirst()
    }
}
