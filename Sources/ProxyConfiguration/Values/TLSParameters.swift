/// The allowed versions of TLS: `tls.v3.TlsParameters`.
public struct TLSParameters: Sendable, Hashable {
    /// A version of TLS; 1.0 and 1.1 are refused.
    public enum Version: String, Sendable, CaseIterable {
        /// RFC 5246.
        case tls12 = "TLSv1_2"
        /// RFC 8446.
        case tls13 = "TLSv1_3"
    }

    /// `tls_minimum_protocol_version` (TLSv1_2, also for TLS_AUTO).
    public var minimum = Version.tls12
    /// `tls_maximum_protocol_version` (TLSv1_3, also for TLS_AUTO; Envoy's clients stop at TLSv1_2).
    public var maximum = Version.tls13

    /// Makes the standard versions.
    public init() {}
}
