/// Why the proxy answered a request itself, in the letters of Envoy's `%RESPONSE_FLAGS%`.
enum ResponseFlag: String, Sendable {
    /// No route matched.
    case noRoute = "NR"
    /// The cluster has no endpoint.
    case noHealthyUpstream = "UH"
    /// No connection could be made.
    case connectionFailure = "UF"
    /// The endpoint ended the connection before it answered.
    case connectionTermination = "UC"
    /// The endpoint reset the stream.
    case upstreamReset = "UR"
    /// A timeout of the route or of the stream passed.
    case upstreamTimeout = "UT"
    /// The cluster has no place for another connection.
    case overflow = "UO"
    /// The endpoint broke HTTP.
    case upstreamProtocolError = "UPE"
    /// The client broke HTTP.
    case downstreamProtocolError = "DPE"
    /// The client took too long to send its request.
    case streamIdle = "SI"
    /// The route answers directly.
    case direct = "-"
}
