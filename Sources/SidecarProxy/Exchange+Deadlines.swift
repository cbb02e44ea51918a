import NIOCore

extension Exchange {
    /// The deadline to look at next, or nil.
    var nextDeadline: NIODeadline? {
        guard phase != .idle else { return nil }
        let idle = plan.streamIdleTimeout.map { lastActivity + $0 }
        guard phase == .active, let routeDeadline else { return idle }
        return min(routeDeadline, idle ?? routeDeadline)
    }

    /// Ends the exchange if one of its deadlines has passed.
    func check(_ now: NIODeadline) {
        guard let deadline = nextDeadline, deadline <= now else { return }
        if phase == .tunnel || hasResponse { return abort() }
        if let routeDeadline, routeDeadline <= now {
            cluster?.counters.timeouts.add()
            reply(LocalReply(504, .upstreamTimeout, "the route's timeout has passed"))
        } else if isRequestDone {
            cluster?.counters.timeouts.add()
            reply(LocalReply(504, .upstreamTimeout, "no byte has come for too long"))
        } else {
            reply(LocalReply(408, .streamIdle, "the body of the request took too long"))
        }
    }

    /// Has the route's timeout run from now on: the request is complete.
    func startRouteTimeout() {
        guard let routeTimeout, phase == .active, routeDeadline == nil else { return }
        let deadline = NIODeadline.now() + routeTimeout
        routeDeadline = deadline
        downstream?.arm(at: deadline)
    }
}
