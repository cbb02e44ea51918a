/// TLS toward clients: `tls.v3.DownstreamTlsContext` with its `common_tls_context`.
public struct DownstreamTLSContext: Sendable, Hashable {
    /// `tls_certificates`, at least one; SNI chooses among them, the first serves all other names.
    public var certificates: [TLSCertificate]
    /// `tls_params`.
    public var parameters = TLSParameters()
    /// `alpn_protocols`, in the order of preference; none leaves ALPN out.
    public var applicationProtocols: [String] = []
    /// `validation_context`; nil asks clients for no certificate.
    public var validation: CertificateValidation?
    /// `require_client_certificate` (false).
    public var requiresClientCertificate = false
    /// `disable_stateless_session_resumption`: whether no session tickets are given (false).
    public var disablesSessionTickets = false

    /// Makes a context.
    public init(certificates: [TLSCertificate]) {
        self.certificates = certificates
    }
}
