/// The most that a cluster is given at once: `cluster.v3.CircuitBreakers.Thresholds`.
public struct CircuitBreakerThresholds: Sendable, Hashable {
    /// `max_connections` (1024).
    public var maxConnections = 1024
    /// `max_pending_requests` (1024): requests that wait for a connection.
    public var maxPendingRequests = 1024
    /// `max_requests` (1024): requests under way.
    public var maxRequests = 1024
    /// `max_retries`: retries under way, where ``retryBudget`` is nil; nil means a budget of 20 %, unlike Envoy's 3.
    ///
    /// A fixed number is too small for a busy cluster and too large for one that is falling over.
    public var maxRetries: Int?
    /// `retry_budget`; nil means ``maxRetries``.
    public var retryBudget: RetryBudget?

    /// Makes the default values.
    public init() {}
}

/// The retries that the load allows: `cluster.v3.CircuitBreakers.Thresholds.RetryBudget`.
public struct RetryBudget: Sendable, Hashable {
    /// `budget_percent` (20): of the requests under way and waiting.
    public var percent = 20.0
    /// `min_retry_concurrency` (3): retries that are always allowed.
    public var minimumConcurrency = 3

    /// Makes the default values.
    public init() {}
}
