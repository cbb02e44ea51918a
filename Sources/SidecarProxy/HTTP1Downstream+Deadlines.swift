import AccessLog
import HTTP1
import NIOCore

extension HTTP1Downstream: NIOScheduledCallbackHandler {
    /// The longest time between two looks at the deadlines; a deadline that moves later costs nothing then.
    private static var lookInterval: TimeAmount { .seconds(10) }

    /// Has the deadlines looked at no later than `deadline`.
    func arm(at deadline: NIODeadline) {
        if let armed, armed <= deadline { return }
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        armed = deadline
        // A loop that shuts down takes no callbacks; its connections end with it.
        callback = try? worker.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }

    /// Has the deadline of the phase that has just begun kept; nearly always the armed look comes early enough.
    func armForPhase() {
        if let deadline = nextDeadline() { arm(at: deadline) }
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        armed = nil
        callback = nil
        let now = NIODeadline.now()
        check(now)
        guard phase != .closed, context != nil else { return }
        let next = nextDeadline() ?? .distantFuture
        arm(at: max(min(next, now + Self.lookInterval), now + .milliseconds(1)))
    }

    private func nextDeadline() -> NIODeadline? {
        switch phase {
        case .idle:
            if let headStart { return plan.headTimeout.map { headStart + $0 } }
            if let closeDeadline { return closeDeadline }
            let idle = plan.idleTimeout.map { lastActivity + $0 }
            guard let duration = plan.maxDuration else { return idle }
            return min(idle ?? .distantFuture, opened + duration)
        case .active, .tunnel: return exchange.nextDeadline
        case .lingering: return closeDeadline
        case .closed: return nil
        }
    }

    private func check(_ now: NIODeadline) {
        guard let deadline = nextDeadline(), deadline <= now else { return }
        switch phase {
        case .idle where headStart != nil:
            isPersistent = false
            phase = .active
            exchange.refuse(
                LocalReply(408, .streamIdleTimeout, "the head of the request took too long")
                    .detailed("request_header_timeout")
            )
        case .active, .tunnel:
            exchange.check(now)
        case .idle where closeDeadline == nil && requestCount > 0:
            // A request may be on its way: it is answered, as the last one.
            closeDeadline = now + plan.drainTimeout
        case .idle, .lingering, .closed:
            context?.close(promise: nil)
        }
    }
}
