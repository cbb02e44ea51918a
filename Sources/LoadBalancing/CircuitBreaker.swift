/// Counts what is in use of a cluster, and refuses more than its limits.
///
/// Every acquisition that succeeds is a promise to release.
public struct CircuitBreaker: Sendable {
    /// What is limited.
    public enum Resource: Int, Sendable, CaseIterable {
        /// Connections.
        case connection
        /// Requests that wait for a connection.
        case pendingRequest
        /// Requests under way, retries included.
        case request
        /// Retries under way, or waiting for their back-off.
        case retry
    }

    /// The limits.
    public let limits: CircuitBreakerLimits
    private var used = SIMD4<Int>.zero

    /// Makes a breaker with nothing in use.
    public init(_ limits: CircuitBreakerLimits = CircuitBreakerLimits()) {
        self.limits = limits
    }

    /// How much is in use.
    public func count(_ resource: Resource) -> Int { used[resource.rawValue] }

    /// How much may be in use, as things are now.
    public func limit(_ resource: Resource) -> Int {
        switch resource {
        case .connection: Int(limits.connections)
        case .pendingRequest: Int(limits.pendingRequests)
        case .request: Int(limits.requests)
        case .retry: limits.retryBudget?.retries(of: count(.request) + count(.pendingRequest)) ?? Int(limits.retries)
        }
    }

    /// How much more may be acquired: `envoy_cluster_circuit_breakers_default_remaining_*`.
    public func remaining(_ resource: Resource) -> Int { max(0, limit(resource) - count(resource)) }

    /// Whether nothing more is allowed: `envoy_cluster_circuit_breakers_default_*_open`.
    public func isOpen(_ resource: Resource) -> Bool { count(resource) >= limit(resource) }

    /// Takes one, unless the limit is reached.
    public mutating func acquire(_ resource: Resource) -> Bool {
        guard !isOpen(resource) else { return false }
        used[resource.rawValue] &+= 1
        return true
    }

    /// Gives one back.
    public mutating func release(_ resource: Resource) {
        used[resource.rawValue] = max(0, used[resource.rawValue] &- 1)
    }
}
