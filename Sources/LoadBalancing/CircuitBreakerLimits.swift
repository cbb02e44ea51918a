/// How much of a cluster may be in use at once: `cluster.v3.CircuitBreakers.Thresholds`.
public struct CircuitBreakerLimits: Sendable, Hashable {
    /// The most connections: `max_connections`.
    public var connections: UInt32 = 1024
    /// The most requests that wait for a connection: `max_pending_requests`.
    public var pendingRequests: UInt32 = 1024
    /// The most requests under way: `max_requests`.
    public var requests: UInt32 = 1024
    /// The most retries under way where there is no budget: `max_retries`.
    public var retries: UInt32 = 3
    /// The share of requests that may be retries, in place of ``retries``; nil for none.
    ///
    /// On unless switched off, unlike in Envoy.
    public var retryBudget: RetryBudget? = RetryBudget()

    /// Makes limits; the numbers are Envoy's.
    public init() {}

    /// The part of one of `loops` event loops, which do not ask each other.
    ///
    /// Rounded up, so that all of them together may exceed a limit by less than their number.
    public func share(of loops: Int) -> CircuitBreakerLimits {
        let count = UInt32(clamping: max(1, loops))
        var part = self
        part.connections = Self.rounded(connections, count)
        part.pendingRequests = Self.rounded(pendingRequests, count)
        part.requests = Self.rounded(requests, count)
        part.retries = Self.rounded(retries, count)
        return part
    }

    private static func rounded(_ limit: UInt32, _ count: UInt32) -> UInt32 {
        limit / count + (limit % count > 0 ? 1 : 0)
    }
}
