public import ProxyConfiguration

extension ForwardedClientCertificate {
    /// What becomes of a client's own `x-forwarded-client-cert`.
    public enum Treatment: Sendable, Hashable {
        /// It stays.
        case keep
        /// It goes.
        case remove
        /// It goes, and the element for the client's certificate takes its place.
        case replace
        /// The element for the client's certificate is appended behind a comma.
        case append
    }

    /// What becomes of the header of a request.
    ///
    /// ```
    ///                         mutual TLS    else
    ///   SANITIZE              remove        remove
    ///   FORWARD_ONLY          keep          remove
    ///   APPEND_FORWARD        append        remove
    ///   SANITIZE_SET          replace       remove
    ///   ALWAYS_FORWARD_ONLY   keep          keep
    /// ```
    public func treatment(isMutual: Bool) -> Treatment {
        guard isMutual else { return action == .alwaysForwardOnly ? .keep : .remove }
        return switch action {
        case .sanitize: .remove
        case .forwardOnly, .alwaysForwardOnly: .keep
        case .appendForward: .append
        case .sanitizeSet: .replace
        }
    }

    /// The element for a client's certificate, the same for all requests of a connection.
    ///
    /// `By=` names the proxy by the URIs of its own certificate; `Hash` is always there; the rest as configured.
    ///
    /// - Parameters:
    ///   - certificate: The client's certificate.
    ///   - localURINames: The URIs of the proxy's own certificate.
    /// - Returns: The element, without bytes that a header must not have.
    public func element(for certificate: ClientCertificate, localURINames: [String]) -> String {
        var parts = localURINames.map { "By=\(Self.plain($0))" }
        parts.append("Hash=\(Self.plain(certificate.sha256))")
        if includesCertificate { parts.append("Cert=\"\(Self.percentEncoded(certificate.pem))\"") }
        if includesChain { parts.append("Chain=\"\(Self.percentEncoded(certificate.chainPEM))\"") }
        if includesSubject { parts.append("Subject=\"\(Self.quoted(certificate.subject))\"") }
        if includesURI {
            let names = certificate.uriNames.isEmpty ? [""] : certificate.uriNames
            parts += names.map { "URI=\(Self.plain($0))" }
        }
        if includesDNS { parts += certificate.dnsNames.map { "DNS=\(Self.plain($0))" } }
        return parts.joined(separator: ";")
    }

    /// A name without what would end an element or a field: a certificate may hold any byte.
    private static func plain(_ text: String) -> String {
        percentEncoded(text) { $0 > 0x20 && $0 < 0x7F && !",;\"\\".utf8.contains($0) }
    }

    /// A text for inside of quotes: quotes and backslashes escaped, control bytes encoded.
    private static func quoted(_ text: String) -> String {
        let escaped = text.utf8.flatMap { $0 == 0x22 || $0 == 0x5C ? [0x5C, $0] : [$0] }
        return percentEncoded(String(decoding: escaped, as: UTF8.self)) { $0 >= 0x20 && $0 != 0x7F }
    }

    /// PEM as Envoy writes it: everything but letters, digits and `-._~` percent-encoded (RFC 3986 section 2.1).
    private static func percentEncoded(_ text: String) -> String {
        percentEncoded(text) { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
            default: false
            }
        }
    }

    private static func percentEncoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isKept(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                for digit in [byte >> 4, byte & 0xF] { bytes.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
