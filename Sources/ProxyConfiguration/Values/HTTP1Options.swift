/// Settings of HTTP/1: `core.v3.Http1ProtocolOptions`.
public struct HTTP1Options: Sendable, Hashable {
    /// `accept_http_10` (true, unlike Envoy).
    public var acceptsHTTP10 = true

    /// Makes the default values.
    public init() {}
}
