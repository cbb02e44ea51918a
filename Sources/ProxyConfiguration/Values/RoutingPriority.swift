/// Which circuit breaker counts a request: `core.v3.RoutingPriority`.
public enum RoutingPriority: String, Sendable, CaseIterable {
    /// Most requests.
    case standard = "DEFAULT"
    /// Requests with thresholds of their own.
    case high = "HIGH"
}
