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
        var next = now + Self.lookInterval
        for stream in openStreams {
            if let deadline = stream.exchange.nextDeadline { next = min(next, deadline) }
        }
        if let closeDeadline { next = min(next, closeDeadline) }
        if let duration = plan.maxDuration, !isGoingAway { next = min(next, opened + duration) }
        arm(at: max(next, now + .milliseconds(1)))
    }

    private func check(_ now: NIODeadline) {
        if let closeDeadline, closeDeadline <= now {
            self.closeDeadline = nil
            if isLingering { context?.close(promise: nil) } else { endGoingAway() }
            return
        }
        for stream in openStreams { stream.exchange.check(now) }
        if let start = session.headerBlockStart, let limit = plan.headTimeout, start + limit <= now {
            return session.fail(.enhanceYourCalm)
        }
        if let duration = plan.maxDuration, opened + duration <= now { goAway() }
        guard session.streams.isEmpty, !isLingering, let idle = plan.idleTimeout, lastActivity + idle <= now else {
            return
        }
        if isGoingAway { context?.close(promise: nil) } else { goAway() }
    }
}
