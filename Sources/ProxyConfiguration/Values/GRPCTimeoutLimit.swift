/// How a client's `grpc-timeout` is taken: `grpc_timeout_header_max` and `grpc_timeout_header_offset` of
/// `route.v3.RouteAction.MaxStreamDuration`, or `max_grpc_timeout` and `grpc_timeout_offset` of `route.v3.RouteAction`.
public struct GRPCTimeoutLimit: Sendable, Hashable {
    /// The longest that it can ask for, 0 for any time; nil, the default, where it is not looked at.
    public var longest: Duration?
    /// What is taken off it, so that the proxy's time is over before the client's.
    public var offset = Duration.zero

    /// Makes one that does not look at it.
    public init() {}
}
