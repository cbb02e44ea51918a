/// TLS toward endpoints: `tls.v3.UpstreamTlsContext` with its `common_tls_context`.
///
/// The endpoint's certificate is verified unless `trust_chain_verification` is ACCEPT_UNTRUSTED: the chain against
/// `trusted_ca` or the system's roots, and its names against what is first given of `match_typed_subject_alt_names`,
/// `sni`, and the endpoint's own name or address. Envoy verifies nothing unless `trusted_ca` says so.
public struct UpstreamTLSContext: Sendable, Hashable {
    /// `tls_certificates`: the proxy's own, at most one.
    public var certificate: TLSCertificate?
    /// `tls_params`.
    public var parameters = TLSParameters()
    /// `alpn_protocols`, in the order of preference.
    ///
    /// None: `h2` or `http/1.1` as the cluster's protocol says, both where it is `auto_config`.
    public var applicationProtocols: [String] = []
    /// `validation_context`.
    public var validation = CertificateValidation()
    /// `sni`; empty sends none, unless ``automaticServerName``.
    public var serverName = ""
    /// `auto_host_sni`: whether the endpoint's own name is sent (false).
    public var automaticServerName = false

    /// `max_session_keys` beyond 0 (1): whether connections resume the session of an earlier one to the same endpoint.
    public var resumesSessions = true

    /// Makes a context that verifies against the system's roots.
    public init() {}
}
