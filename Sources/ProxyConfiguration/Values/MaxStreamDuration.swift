/// How long a request and its response may take: `route.v3.RouteAction.MaxStreamDuration`.
public struct MaxStreamDuration: Sendable, Hashable {
    /// `max_stream_duration`, instead of the manager's.
    public var limit = TimeoutOverride.inherited
    /// `grpc_timeout_header_max` and `grpc_timeout_header_offset`: how `grpc-timeout` takes the limit's place.
    public var grpcTimeout = GRPCTimeoutLimit()

    /// Makes one without limits.
    public init() {}
}
