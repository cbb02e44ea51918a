import HTTP2
import NIOCore

extension HTTP2Downstream {
    /// Between the two GOAWAY frames where the proxy itself leaves, which has no time for `drain_timeout`.
    static var leavingTime: TimeAmount { .seconds(1) }

    /// Asks the client to open no more streams (RFC 9113 section 6.8).
    ///
    /// - Parameter time: How long streams that the client is just opening are still served.
    func goAway(within time: TimeAmount) {
        guard !session.hasFailed else { return }
        let deadline = NIODeadline.now() + time
        if isGoingAway {
            guard let closeDeadline, !isLingering, deadline < closeDeadline else { return }
        } else {
            isGoingAway = true
            // First without a last stream; the last one follows.
            session.goAway(isFinal: false)
            flush()
        }
        closeDeadline = deadline
        arm(at: deadline)
    }

    /// Names the last stream that is served, and closes when there is none.
    func endGoingAway() {
        closeDeadline = nil
        session.goAway(isFinal: true)
        flushNow()
        isFinal = true
        closeIfDone()
    }

    /// Closes a connection that goes away when its last stream has ended.
    func closeIfDone() {
        guard isFinal, session.streams.isEmpty, !session.hasFailed else { return }
        isFinal = false
        lingerAndClose()
    }

    /// Ends our side at once and the connection a second later, so that what was said last arrives.
    func lingerAndClose() {
        guard let context, !isLingering else { return }
        keepalive?.stop()
        flushNow()
        context.close(mode: .output, promise: nil)
        let deadline = NIODeadline.now() + site.plan.lingerTimeout
        closeDeadline = deadline
        isLingering = true
        arm(at: deadline)
    }

    func keepaliveTimedOut() {
        counters.keepaliveTimeouts.add()
        for stream in openStreams where stream.exchange.details.isEmpty {
            stream.exchange.details = "downstream_local_disconnect"
        }
        // Nobody reads a GOAWAY, and the endpoints need not work until the channel has closed.
        session.endStreams(.cancel)
        context?.close(promise: nil)
    }
}
