import AccessLog
import LoadBalancing
import NIOCore

extension Exchange {
    /// The deadline to look at next, or nil.
    var nextDeadline: NIODeadline? {
        guard phase != .idle else { return nil }
        var next = idleTimeout.map { lastActivity + $0 }
        guard phase == .active else { return next }
        if let routeDeadline { next = min(routeDeadline, next ?? routeDeadline) }
        if let tryDeadline { next = min(tryDeadline, next ?? tryDeadline) }
        if let tryIdleDeadline { next = min(tryIdleDeadline, next ?? tryIdleDeadline) }
        if let streamDeadline { next = min(streamDeadline, next ?? streamDeadline) }
        if let requestDeadline, !isRequestDone { next = min(requestDeadline, next ?? requestDeadline) }
        if let retryTime { next = min(retryTime, next ?? retryTime) }
        return next
    }

    /// Ends the exchange if one of its deadlines has passed.
    func check(_ now: NIODeadline) {
        guard let deadline = nextDeadline, deadline <= now else { return }
        if phase == .active, let routeDeadline, routeDeadline <= now {
            let answer = LocalReply(504, .upstreamRequestTimeout, "the route's timeout has passed")
            guard !hasResponse else { return abort(.upstreamRequestTimeout, answer.details) }
            cluster?.counters.timeouts.add()
            return reply(answer, endpoint == nil ? nil : .timedOut)
        }
        if phase == .active, let streamDeadline, streamDeadline <= now {
            guard !hasResponse else { return abort(.upstreamMaxStreamDurationReached, "max_duration_timeout") }
            let reason = "the request took longer than the route allows"
            let status = isRequestDone ? 504 : 408
            return reply(
                LocalReply(status, .upstreamMaxStreamDurationReached, reason),
                endpoint == nil ? nil : .timedOut
            )
        }
        if phase == .active, !isRequestDone, !hasResponse, let requestDeadline, requestDeadline <= now {
            return reply(
                LocalReply(408, .streamIdleTimeout, "the request took too long").detailed("request_overall_timeout")
            )
        }
        if phase == .active, let retryTime, retryTime <= now { return retryNow() }
        if phase == .active, let tryDeadline, tryDeadline <= now {
            cluster?.counters.perTryTimeouts.add()
            return tryTimedOut("the endpoint did not answer in the time of one attempt", "upstream_per_try_timeout")
        }
        if phase == .active, let tryIdleDeadline, tryIdleDeadline <= now {
            cluster?.counters.perTryIdleTimeouts.add()
            return tryTimedOut("no byte has come for too long in one attempt", "upstream_per_try_idle_timeout")
        }
        guard phase == .active, !hasResponse else { return abort(.streamIdleTimeout, "stream_idle_timeout") }
        if isRequestDone {
            cluster?.counters.timeouts.add()
            reply(LocalReply(504, .streamIdleTimeout, "no byte has come for too long"), .timedOut)
        } else {
            reply(LocalReply(408, .streamIdleTimeout, "the body of the request took too long"))
        }
    }

    /// Has the timeouts run that begin when the request is complete.
    func startTimeouts() {
        guard phase == .active else { return }
        if upstream != nil { startTry() }
        guard forward != nil, let timeout = limits.timeout, routeDeadline == nil else { return }
        let deadline = NIODeadline.now() + timeout
        routeDeadline = deadline
        downstream?.arm(at: deadline)
    }
}
