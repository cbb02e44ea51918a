/// How long a request and its response may take: `route.v3.RouteAction.MaxStreamDuration`.
public struct MaxStreamDuration: Sendable, Hashable {
    /// `max_stream_duration`, instead of the manager's.
    public var limit = TimeoutOverride.inherited
    /// `grpc_timeout_header_max`: where given, `grpc-timeout` counts instead, up to this; `none` trusts it wholly.
    public var grpcTimeoutHeaderLimit = TimeoutOverride.inherited
    /// `grpc_timeout_header_offset`: how much earlier than `grpc-timeout` says the proxy gives up (0 s).
    public var grpcTimeoutHeaderOffset = Duration.zero

    /// Makes one without limits.
    public init() {}
}
