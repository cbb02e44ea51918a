extension ResponseFlag {
    /// What happened, in words for the person who looks for the reason.
    public var sentence: String {
        switch self {
        case .failedLocalHealthCheck: "This proxy had been told to fail its health check."
        case .noHealthyUpstream: "No endpoint of the cluster could be used: there is none, or none is healthy."
        case .upstreamRequestTimeout: "The endpoint did not answer within the timeout of the route or of the try."
        case .localReset: "The proxy itself ended the stream to the endpoint."
        case .upstreamRemoteReset: "The endpoint reset the stream."
        case .upstreamConnectionFailure: "No connection to the endpoint could be made."
        case .upstreamConnectionTermination: "The endpoint closed the connection before it had answered."
        case .upstreamOverflow: "A limit of the cluster's circuit breakers was reached."
        case .noRouteFound: "No route matches the host and path, or no filter chain the connection."
        case .delayInjected: "A fault filter delayed the request on purpose."
        case .faultInjected: "A fault filter answered the request on purpose."
        case .rateLimited: "A rate limit refused the request."
        case .unauthorizedExternalService: "The request was not authorised."
        case .rateLimitServiceError: "The rate limit service did not answer."
        case .downstreamConnectionTermination: "The client closed the connection before the response was complete."
        case .upstreamRetryLimitExceeded: "Every allowed try failed."
        case .streamIdleTimeout: "Nothing was sent on the stream for longer than the idle timeout."
        case .invalidEnvoyRequestHeaders: "A header that steers the proxy has a value that it does not accept."
        case .downstreamProtocolError: "The client broke the rules of HTTP."
        case .upstreamMaxStreamDurationReached: "The stream to the endpoint lasted longer than allowed."
        case .noFilterConfigFound: "The configuration of a filter was missing."
        case .durationTimeout: "The connection or stream lasted longer than allowed."
        case .upstreamProtocolError: "The endpoint broke the rules of HTTP."
        case .noClusterFound: "The route names a cluster that does not exist."
        case .overloadManagerTerminated: "The proxy was short of memory and refused the request."
        case .dnsResolutionFailed: "The name of the endpoint could not be resolved."
        case .downstreamRemoteReset: "The client reset the stream."
        }
    }

    /// What to look at or to change.
    public var advice: String {
        switch self {
        case .failedLocalHealthCheck: "Send POST /healthcheck/ok to the admin port to take it back."
        case .noHealthyUpstream: "Look at /clusters for the endpoints and why they are out."
        case .upstreamRequestTimeout: "Find out why the endpoint is slow, or raise `timeout` of the route."
        case .localReset, .upstreamRemoteReset: "Look at the endpoint's own log for this request."
        case .upstreamConnectionFailure:
            "See whether the endpoint listens at the address and port that /clusters shows."
        case .upstreamConnectionTermination:
            "Let the endpoint keep idle connections longer than the proxy does, or allow retries."
        case .upstreamOverflow: "Raise `circuit_breakers`, or add endpoints."
        case .noRouteFound: "Compare host and path with `virtual_hosts` in /config_dump."
        case .delayInjected, .faultInjected: "Take the fault filter out when the experiment is over."
        case .rateLimited: "Send fewer requests, or raise the limit."
        case .unauthorizedExternalService: "Look at the rule that refused it, and at the credentials of the client."
        case .rateLimitServiceError: "See whether the rate limit service is reachable."
        case .downstreamConnectionTermination: "The client gave up: compare its timeout with the duration."
        case .upstreamRetryLimitExceeded: "Look at the failures of the single tries, and at `retry_policy`."
        case .streamIdleTimeout: "Raise `stream_idle_timeout`, or have client or endpoint send something in between."
        case .invalidEnvoyRequestHeaders: "Correct the `x-envoy-*` header that the client sends."
        case .downstreamProtocolError: "Correct the client; the details say what is wrong."
        case .upstreamMaxStreamDurationReached, .durationTimeout: "Raise `max_stream_duration`."
        case .noFilterConfigFound: "Correct the configuration."
        case .upstreamProtocolError: "Correct the endpoint; the details say what is wrong."
        case .noClusterFound: "Define the cluster, or correct its name in the route."
        case .overloadManagerTerminated: "Give the container more memory."
        case .dnsResolutionFailed: "Ask the name server of the pod for the name."
        case .downstreamRemoteReset: "The client cancelled: compare its timeout with the duration."
        }
    }
}
