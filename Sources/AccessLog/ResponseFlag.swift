/// Why a response is not simply what the endpoint said: Envoy's response flags, in the order in which it writes them.
public enum ResponseFlag: UInt8, Sendable, CaseIterable {
    /// The proxy was told to fail its health check.
    case failedLocalHealthCheck
    /// The cluster has no endpoint that may be used.
    case noHealthyUpstream
    /// The endpoint did not answer in time.
    case upstreamRequestTimeout
    /// The proxy ended the stream to the endpoint.
    case localReset
    /// The endpoint reset the stream.
    case upstreamRemoteReset
    /// No connection to the endpoint could be made.
    case upstreamConnectionFailure
    /// The endpoint closed the connection before it had answered.
    case upstreamConnectionTermination
    /// A circuit breaker was open.
    case upstreamOverflow
    /// No route matched.
    case noRouteFound
    /// A fault filter delayed the request.
    case delayInjected
    /// A fault filter answered the request.
    case faultInjected
    /// A rate limit refused the request.
    case rateLimited
    /// The request was not authorised.
    case unauthorizedExternalService
    /// The rate limit service did not answer.
    case rateLimitServiceError
    /// The client closed the connection.
    case downstreamConnectionTermination
    /// All tries failed.
    case upstreamRetryLimitExceeded
    /// The stream was idle too long.
    case streamIdleTimeout
    /// A header that steers the proxy is wrong.
    case invalidEnvoyRequestHeaders
    /// The client broke HTTP.
    case downstreamProtocolError
    /// The stream to the endpoint lasted too long.
    case upstreamMaxStreamDurationReached
    /// The configuration of a filter is missing.
    case noFilterConfigFound
    /// The connection or stream lasted too long.
    case durationTimeout
    /// The endpoint broke HTTP.
    case upstreamProtocolError
    /// The route's cluster does not exist.
    case noClusterFound
    /// The proxy is short of memory.
    case overloadManagerTerminated
    /// The endpoint's name could not be resolved.
    case dnsResolutionFailed
    /// The client reset the stream.
    case downstreamRemoteReset

    /// The letters of `%RESPONSE_FLAGS%`.
    public var letters: String { Self.names[Int(rawValue)].letters }
    /// The name of `%RESPONSE_FLAGS_LONG%`.
    public var name: String { Self.names[Int(rawValue)].name }

    /// In the order of the cases.
    private static let names: [(letters: String, name: String)] = [
        ("LH", "FailedLocalHealthCheck"),
        ("UH", "NoHealthyUpstream"),
        ("UT", "UpstreamRequestTimeout"),
        ("LR", "LocalReset"),
        ("UR", "UpstreamRemoteReset"),
        ("UF", "UpstreamConnectionFailure"),
        ("UC", "UpstreamConnectionTermination"),
        ("UO", "UpstreamOverflow"),
        ("NR", "NoRouteFound"),
        ("DI", "DelayInjected"),
        ("FI", "FaultInjected"),
        ("RL", "RateLimited"),
        ("UAEX", "UnauthorizedExternalService"),
        ("RLSE", "RateLimitServiceError"),
        ("DC", "DownstreamConnectionTermination"),
        ("URX", "UpstreamRetryLimitExceeded"),
        ("SI", "StreamIdleTimeout"),
        ("IH", "InvalidEnvoyRequestHeaders"),
        ("DPE", "DownstreamProtocolError"),
        ("UMSDR", "UpstreamMaxStreamDurationReached"),
        ("NFCF", "NoFilterConfigFound"),
        ("DT", "DurationTimeout"),
        ("UPE", "UpstreamProtocolError"),
        ("NC", "NoClusterFound"),
        ("OM", "OverloadManagerTerminated"),
        ("DF", "DnsResolutionFailed"),
        ("DR", "DownstreamRemoteReset"),
    ]
}
