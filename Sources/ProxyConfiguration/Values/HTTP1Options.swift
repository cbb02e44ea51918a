/// Settings of HTTP/1: `core.v3.Http1ProtocolOptions`.
public struct HTTP1Options: Sendable, Hashable {
    /// `accept_http_10` (true, unlike Envoy).
    public var acceptsHTTP10 = true
    /// `default_host_for_http_10`: the host of an HTTP/1.0 request that names none; empty, the default, for none.
    public var defaultHost = ""

    /// Makes the default values.
    public init() {}
}
