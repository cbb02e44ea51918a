import HTTP2
import NIOCore

extension HTTP2Downstream: NIOScheduledCallbackHandler {
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

    func handleScheduledCallback(eventLoop: some EventLoop) {
        armed = nil
        callback = nil
        guard context != nil else { return }
        let now = NIODeadline.now()
        check(now)
        flush()
        guard context != nil else { return }
        arm(at: max(nextDeadline(after: now), now + .milliseconds(1)))
    }

    /// When to look at the deadlines next.
    func nextDeadline(after now: NIODeadline) -> NIODeadline {
        var next = now + Self.lookInterval
        for stream in openStreams {
            if let deadline = stream.exchange.nextDeadline { next = min(next, deadline) }
        }
        if let duration = plan.maxDuration, !isGoingAway { next = min(next, opened + duration) }
        for deadline in [closeDeadline, headDeadline, idleDeadline] {
            if let deadline { next = min(next, deadline) }
        }
        return next
    }

    private func check(_ now: NIODeadline) {
        if let closeDeadline, closeDeadline <= now {
            self.closeDeadline = nil
            if isLingering { context?.close(promise: nil) } else { endGoingAway() }
            return
        }
        for stream in openStreams { stream.exchange.check(now) }
        if let headDeadline, headDeadline <= now { return session.fail(.enhanceYourCalm) }
        if let duration = plan.maxDuration, opened + duration <= now { goAway(within: plan.drainTimeout) }
        if let idleDeadline, idleDeadline <= now { goAway(within: plan.drainTimeout) }
    }

    /// When the header block that has begun must be complete; nil for never.
    var headDeadline: NIODeadline? {
        guard !session.hasFailed, let start = session.headerBlockStart else { return nil }
        return plan.headTimeout.map { start + $0 }
    }

    /// When a connection without streams begins to drain; nil while it has some, or drains.
    var idleDeadline: NIODeadline? {
        guard session.streams.isEmpty, !isGoingAway, !isLingering else { return nil }
        return plan.idleTimeout.map { lastActivity + $0 }
    }
}
