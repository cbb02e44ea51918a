/// How a cluster's endpoints are spoken to: `upstreams.http.v3.HttpProtocolOptions`.
public struct UpstreamHTTPOptions: Sendable, Hashable {
    /// Which version of HTTP is spoken.
    public enum Version: String, Sendable, CaseIterable {
        /// `explicit_http_config.http_protocol_options`, and where nothing is said.
        case http1
        /// `explicit_http_config.http2_protocol_options`.
        case http2
        /// `use_downstream_protocol_config`: the client's.
        case downstream
        /// `auto_config`: what ALPN says.
        case automatic
    }

    /// Which version is spoken (HTTP/1.1).
    public var version = Version.http1
    /// `common_http_protocol_options`; the connections' idle time is 3 s where nothing is said, unlike Envoy's 1 h.
    public var options = HTTPOptions()
    /// `http2_protocol_options`.
    public var http2 = HTTP2Options()
    /// `upstream_http_protocol_options.auto_sni`: whether the request's host is sent as server name (false).
    public var automaticServerName = false
    /// `upstream_http_protocol_options.auto_san_validation`: whether the certificate must have that name (false).
    public var automaticNameValidation = false

    /// Makes the default values.
    public init() {}
}
