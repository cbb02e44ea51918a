import HTTP1
import LoadBalancing
import NIOCore
import ProxyConfiguration
import ProxyRouting

/// When a request is sent again, prepared once for a route.
///
/// | what happened | without a policy | with one |
/// |---|---|---|
/// | no connection | twice, where there is another endpoint | `connect-failure`, `5xx`, `gateway-error` |
/// | refused stream, or GOAWAY before it | always, the endpoint has done nothing | always |
/// | kept connection ended before an answer | idempotent methods | idempotent methods, `reset`, `5xx` |
/// | ended or reset later | never | `reset`, `5xx`, `gateway-error` |
/// | an answer | never | by its status, `retriable-status-codes`, `retriable-headers`, or its `grpc-status` |
///
/// A request of which more than 64 KiB of body have gone is never sent again, nor beyond the cluster's budget.
struct RetryPlan: Sendable {
    private let conditions: RetryPolicy.Conditions
    private let statuses: Set<Int>
    /// The most attempts after the first.
    let retries: Int
    let perTryTimeout: TimeAmount?
    /// How long an attempt may be silent, before the answer and within it.
    let perTryIdleTimeout: TimeAmount?
    /// The answers that are a reason by their headers; nil where there are none.
    let headers: RetriableHeaders?
    /// The time between attempts; nil for none.
    let backoff: RetryBackoff?

    /// Prepares `policy`; nil for what is always safe.
    init(_ policy: RetryPolicy?) {
        conditions = policy?.conditions ?? []
        statuses = Set(policy?.retriableStatusCodes ?? [])
        retries = policy?.retries ?? 2
        perTryTimeout = policy?.perTryTimeout.map { TimeAmount($0) }
        perTryIdleTimeout = policy?.perTryIdleTimeout.map { TimeAmount($0) }
        headers = conditions.contains(.retriableHeaders) ? RetriableHeaders(policy?.retriableHeaders ?? []) : nil
        backoff = policy.map { RetryBackoff(base: $0.baseInterval, limit: $0.maxInterval) }
        isStandard = policy == nil
    }

    /// Whether no policy asks for tries.
    let isStandard: Bool

    /// Whether the body has to be kept beyond the first attempt.
    var keepsBody: Bool { !isStandard && !conditions.isEmpty }

    /// Whether no connection is a reason, where the cluster has other endpoints or has not.
    func coversConnectFailure(hasAlternatives: Bool) -> Bool {
        isStandard ? hasAlternatives : !conditions.isDisjoint(with: [.connectFailure, .serverError, .gatewayError])
    }

    /// Whether the end of an attempt without an answer is a reason.
    ///
    /// - Parameters:
    ///   - failure: How it ended.
    ///   - wasIdle: Whether the connection had been kept, so that the endpoint may just have been closing it.
    ///   - isIdempotent: Whether the request may be done twice (RFC 9110 section 9.2.2).
    /// - Returns: Whether it is.
    func covers(_ failure: UpstreamFailure, wasIdle: Bool, isIdempotent: Bool) -> Bool {
        switch failure {
        case .unprocessed: return true
        case .connectionClosed where wasIdle && isIdempotent, .unresponsive where wasIdle && isIdempotent: return true
        case .connectionClosed, .unresponsive, .reset:
            return !conditions.isDisjoint(with: [.reset, .serverError, .gatewayError])
        }
    }

    /// Whether a timeout of one attempt is a reason.
    var coversTimeout: Bool { !conditions.isDisjoint(with: [.serverError, .gatewayError, .reset]) }

    /// Whether an answer with `status` is a reason.
    func covers(status: Int) -> Bool {
        if conditions.contains(.serverError), status >= 500 { return true }
        if conditions.contains(.gatewayError), (502...504).contains(status) { return true }
        if conditions.contains(.retriable4xx), status == 409 { return true }
        return conditions.contains(.retriableStatusCodes) && statuses.contains(status)
    }

    /// Whether any `grpc-status` is a reason.
    var looksAtGRPC: Bool {
        !conditions.isDisjoint(with: [
            .cancelled, .deadlineExceeded, .internalError, .resourceExhausted, .unavailable,
        ])
    }

    /// Whether an answer with this `grpc-status` is a reason.
    func covers(grpcStatus: Int) -> Bool {
        switch grpcStatus {
        case 1: conditions.contains(.cancelled)
        case 4: conditions.contains(.deadlineExceeded)
        case 8: conditions.contains(.resourceExhausted)
        case 13: conditions.contains(.internalError)
        case 14: conditions.contains(.unavailable)
        default: false
        }
    }
}
