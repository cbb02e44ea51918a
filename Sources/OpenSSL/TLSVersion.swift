import COpenSSL

/// The versions of TLS that Pillion speaks; older ones cannot be asked for (RFC 8996).
public enum TLSVersion: String, Sendable, Comparable, CaseIterable {
    /// TLS 1.2 (RFC 5246).
    case tls12 = "TLSv1.2"
    /// TLS 1.3 (RFC 8446).
    case tls13 = "TLSv1.3"

    /// OpenSSL's number for the version.
    var number: Int32 {
        switch self {
        case .tls12: TLS1_2_VERSION
        case .tls13: TLS1_3_VERSION
        }
    }

    /// Older before newer.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.number < right.number
    }
}
