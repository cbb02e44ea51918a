import NIOCore
import ProxyConfiguration
import ProxyHeaders

/// How long the requests of one route may take, by its fields and by `grpc-timeout`, prepared once.
///
/// A route with `max_stream_duration` has no `timeout` and no `max_grpc_timeout`, as in Envoy.
struct TimeoutPlan: Sendable {
    private let timeout: TimeAmount?
    /// In place of the manager's.
    private let duration: TimeoutOverride
    private let usesDuration: Bool
    /// The longest that `grpc-timeout` can ask for, 0 for any; nil where it is not looked at.
    private let longest: TimeAmount?
    /// What is taken off it.
    private let offset: TimeAmount
    /// How long one attempt may take; nil for as long as all.
    private let perTry: TimeAmount?

    /// Prepares what `action` says, whose attempts may take `perTryTimeout`.
    init(_ action: ForwardAction, perTryTimeout: TimeAmount?) {
        perTry = perTryTimeout
        usesDuration = action.maxStreamDuration != nil
        duration = action.maxStreamDuration?.limit ?? .inherited
        timeout = usesDuration ? nil : action.timeout.map { TimeAmount($0) }
        let calls = action.maxStreamDuration?.grpcTimeout ?? action.grpcTimeout
        longest = calls.longest.map { TimeAmount($0) }
        offset = TimeAmount(calls.offset)
    }

    /// Whether ``limits(_:isGRPC:standard:)`` has to be told what the client asks for.
    var looksAtGRPCTimeout: Bool { longest != nil }

    /// Decides how long one request may take.
    ///
    /// - Parameters:
    ///   - asked: The client's `grpc-timeout`; nil where it has none that can be read.
    ///   - isGRPC: Whether the request is a call of gRPC.
    ///   - standard: The duration where the connection manager says it.
    /// - Returns: The limits of that request alone.
    func limits(_ asked: GRPCTimeout?, isGRPC: Bool, standard: TimeAmount?) -> RequestLimits {
        usesDuration
            ? durationLimits(asked, isGRPC: isGRPC, standard: standard)
            : timeoutLimits(asked, isGRPC: isGRPC, standard: standard)
    }

    /// By `max_stream_duration`: what the client asks for takes the place of the duration, and calls are told of it.
    private func durationLimits(_ asked: GRPCTimeout?, isGRPC: Bool, standard: TimeAmount?) -> RequestLimits {
        var limit = duration.resolved(standard)
        if let asked, let longest {
            let wanted = TimeAmount(asked)
            let most = longest > .zero ? min(wanted, longest) : wanted
            limit = max(.zero, most - offset)
        }
        guard let limit else {
            // The route has taken the manager's duration back, and what the client says of its own with it.
            return RequestLimits(announcement: isGRPC && standard != nil ? .removed : .kept)
        }
        return RequestLimits(duration: limit, announcement: isGRPC ? .replaced(GRPCTimeout(limit)) : .kept)
    }

    /// By `timeout`, in whose place calls have what the client asks for where `max_grpc_timeout` is there.
    private func timeoutLimits(_ asked: GRPCTimeout?, isGRPC: Bool, standard: TimeAmount?) -> RequestLimits {
        guard isGRPC, let longest else { return RequestLimits(timeout: timeout, duration: standard) }
        var limit = asked.map { TimeAmount($0) } ?? .zero
        // Never to 0, which is for ever.
        if offset < limit { limit = limit - offset }
        if longest > .zero, limit == .zero || limit > longest { limit = longest }
        let told = [limit, perTry ?? .zero].filter { $0 > .zero }.min()
        return RequestLimits(
            timeout: limit > .zero ? limit : nil,
            duration: standard,
            announcement: told.map { .replaced(GRPCTimeout($0)) } ?? .kept
        )
    }
}
