import HTTP1
import NIOCore
import ProxyConfiguration
import ProxyRouting

/// How the requests of one route are forwarded, prepared once and never changed.
final class ForwardPlan: Sendable {
    let timeouts: TimeoutPlan
    /// How long nothing may come in either direction; nil for as long as the connection manager says.
    private let idleTimeout: TimeoutOverride
    let retry: RetryPlan
    /// Which requests are sent again as `retry` says; nil for all.
    private let retriableRequests: RetriableHeaders?
    /// The same plan for the requests that are not; nil where all are.
    private let unretried: ForwardPlan?
    let routeName: String
    let virtualHost: String
    /// Whether the endpoint is told by `x-envoy-attempt-count` which attempt it is.
    let countsAttempts: Bool
    /// Whether the client is told how many attempts there were.
    let tellsAttempts: Bool

    /// The idle timeout where the connection manager says `standard`.
    func idleTimeout(_ standard: TimeAmount?) -> TimeAmount? { idleTimeout.resolved(standard) }

    /// The plan for a request by its headers; `target` is the path with its query.
    func plan(for head: RequestHead, _ bytes: Span<UInt8>, target: Span<UInt8>, isSecure: Bool) -> ForwardPlan {
        guard let retriableRequests, let unretried else { return self }
        return retriableRequests.covers(head, bytes, path: target, isSecure: isSecure) ? self : unretried
    }

    /// Prepares `action`; a policy of its own goes before that of the virtual host.
    convenience init(_ action: ForwardAction, _ route: String, _ host: VirtualHost) {
        self.init(action, route, host, action.retryPolicy ?? host.retryPolicy)
    }

    private init(_ action: ForwardAction, _ route: String, _ host: VirtualHost, _ policy: RetryPolicy?) {
        routeName = route
        virtualHost = host.name
        countsAttempts = host.includesRequestAttemptCount
        tellsAttempts = host.includesAttemptCountInResponse
        idleTimeout = action.idleTimeout
        retry = RetryPlan(policy)
        timeouts = TimeoutPlan(action, perTryTimeout: retry.perTryTimeout)
        if var policy, !policy.retriableRequestHeaders.isEmpty {
            retriableRequests = RetriableHeaders(policy.retriableRequestHeaders)
            policy.conditions = []
            policy.retriableRequestHeaders = []
            unretried = ForwardPlan(action, route, host, policy)
        } else {
            retriableRequests = nil
            unretried = nil
        }
    }
}
