import OpenSSL
import ProxyConfiguration

/// Judges the alternative names of certificates: `tls.v3.SubjectAltNameMatcher`.
enum SubjectNames {
    /// Whether one of the certificate's names is what one of `matchers` asks for; nothing asked is always met.
    static func meet(_ matchers: [SubjectAltNameMatcher], _ certificate: Certificate) -> Bool {
        guard !matchers.isEmpty else { return true }
        let names = certificate.alternativeNames
        return matchers.contains { matcher in
            switch matcher.kind {
            case .dns: names.dnsNames.contains { meets(matcher.matcher, $0, foldsCase: true) }
            case .uri: names.uris.contains { meets(matcher.matcher, $0, foldsCase: false) }
            // The certificate's reader does not read these; a name that cannot be seen is not met.
            case .email, .ipAddress: false
            }
        }
    }

    private static func meets(_ matcher: StringMatcher, _ name: String, foldsCase: Bool) -> Bool {
        let isFolded = foldsCase || matcher.ignoresCase
        let name = isFolded ? name.lowercased() : name
        func folded(_ text: String) -> String { isFolded ? text.lowercased() : text }
        return switch matcher.pattern {
        case .exact(let text): name == folded(text)
        case .prefix(let text): name.hasPrefix(folded(text))
        case .suffix(let text): name.hasSuffix(folded(text))
        case .contains(let text): contains(name, folded(text))
        // Expressions are not read here; what is not understood must not let anybody in.
        case .regex: false
        }
    }

    private static func contains(_ name: String, _ text: String) -> Bool {
        let bytes = Array(name.utf8)
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
