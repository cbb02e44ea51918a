import COpenSSL

/// The names in a certificate's subjectAltName extension (RFC 5280 section 4.2.1.6), in the order found.
///
/// A name with a NUL or a byte outside ASCII is left out: it can only be meant to be read differently by two programs.
public struct AlternativeNames: Sendable, Equatable {
    /// The DNS names.
    public var dnsNames: [String] = []
    /// The IP addresses in their usual text form.
    public var ipAddresses: [String] = []
    /// The URIs; a SPIFFE identity is one.
    public var uris: [String] = []
    /// The e-mail addresses.
    public var emails: [String] = []

    /// Makes an empty list.
    public init() {}

    /// Adds a name of OpenSSL's `type` (`GEN_DNS`, `GEN_URI`, `GEN_IPADD`, `GEN_EMAIL`); others are left out.
    mutating func append(type: Int32, bytes: [UInt8]) {
        if type == GEN_IPADD {
            if let address = IPAddressText.text(of: bytes) { ipAddresses.append(address) }
            return
        }
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        switch type {
        case GEN_DNS: dnsNames.append(text)
        case GEN_URI: uris.append(text)
        case GEN_EMAIL: emails.append(text)
        default: break
        }
    }
}
