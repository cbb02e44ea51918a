/// Which connections a filter chain takes: `listener.v3.FilterChainMatch`.
public struct FilterChainMatch: Sendable, Hashable {
    /// `transport_protocol`.
    public enum TransportProtocol: String, Sendable, CaseIterable {
        /// The first bytes are a TLS ClientHello.
        case tls = "tls"
        /// They are not, or nobody looked.
        case plain = "raw_buffer"
    }

    /// `server_names`: exact, or `*.suffix`, in lower case; none means any.
    public var serverNames: [String] = []
    /// `application_protocols`: one of them must be among the client's ALPN names; none means any.
    public var applicationProtocols: [String] = []
    /// `transport_protocol`; nil means any.
    public var transportProtocol: TransportProtocol?

    /// Makes a match for all connections.
    public init() {}
}
