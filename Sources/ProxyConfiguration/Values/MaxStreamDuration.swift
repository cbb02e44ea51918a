/// How long a request and its response may take: `route.v3.RouteAction.MaxStreamDuration`.
public struct MaxStreamDuration: Sendable, Hashable {
    /// `max_stream_duration`, instead of the manager's.
    public var limit = TimeoutOverride.inherited

    /// Makes one without limits.
    public init() {}
}
