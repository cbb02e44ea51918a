import NIOCore
import ProxyConfiguration

/// How the requests of one route are forwarded, prepared once and never changed.
final class ForwardPlan: Sendable {
    /// From the end of the request to the end of the response; nil for as long as it takes.
    let timeout: TimeAmount?
    /// How long nothing may come in either direction; nil for as long as the connection manager says.
    private let idleTimeout: TimeoutOverride
    /// From the beginning of the request to the end of the response, in place of the manager's.
    private let maxDuration: TimeoutOverride
    let retry: RetryPlan
    let routeName: String
    let virtualHost: String
    /// Whether the endpoint is told by `x-envoy-attempt-count` which attempt it is.
    let countsAttempts: Bool
    /// Whether the client is told how many attempts there were.
    let tellsAttempts: Bool

    /// The idle timeout where the connection manager says `standard`.
    func idleTimeout(_ standard: TimeAmount?) -> TimeAmount? {
        switch idleTimeout {
        case .inherited: standard
        case .none: nil
        case .after(let duration): TimeAmount(duration)
        }
    }

    /// The longest time of a request with its response where the connection manager says `standard`.
    func maxDuration(_ standard: TimeAmount?) -> TimeAmount? {
        switch maxDuration {
        case .inherited: standard
        case .none: nil
        case .after(let duration): TimeAmount(duration)
        }
    }

    /// Prepares `action`; a policy of its own goes before that of the virtual host.
    init(_ action: ForwardAction, _ route: String, _ host: VirtualHost) {
        routeName = route
        virtualHost = host.name
        countsAttempts = host.includesRequestAttemptCount
        tellsAttempts = host.includesAttemptCountInResponse
        timeout = action.timeout.map { TimeAmount($0) }
        idleTimeout = action.idleTimeout
        maxDuration = action.maxStreamDuration?.limit ?? .inherited
        retry = RetryPlan(action.retryPolicy ?? host.retryPolicy)
    }
}
