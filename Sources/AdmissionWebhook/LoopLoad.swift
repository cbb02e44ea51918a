import NIOCore

/// Watches one event loop and decides which reviews it answers; touched only on that loop.
///
/// Under load a timer is set anew every interval. That it fires late is how long a turn of the loop takes, and costs
/// nothing for each request. Reviews that come one by one, an interval and more apart, set none.
final class LoopLoad: NIOScheduledCallbackHandler {
    private static let interval = TimeAmount.milliseconds(10)

    private let eventLoop: any EventLoop
    private let line: RefusedLine
    private var state: OverloadState
    private var due: ContinuousClock.Instant?
    /// When the review before this one was at hand.
    private var latest: ContinuousClock.Instant?
    private var endsTurn = false

    /// Makes the watch of `eventLoop`.
    init(eventLoop: any EventLoop, settings: OverloadState.Settings) {
        self.eventLoop = eventLoop
        line = RefusedLine(eventLoop: eventLoop)
        state = OverloadState(settings)
    }

    /// Decides about the review that is at hand at `now`.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - hasWaited: Whether its connection has stood in line since its last review.
    /// - Returns: What becomes of it.
    func verdict(at now: ContinuousClock.Instant, hasWaited: Bool) -> LoopVerdict {
        guard admit(at: now) || hasWaited && line.takePass() else { return .refuse(until: line.join()) }
        line.noteAnswer()
        return state.isOverloaded ? .answerAfterTurn : .answer
    }

    private func admit(at now: ContinuousClock.Instant) -> Bool {
        if due == nil, let latest, now - latest < .nanoseconds(Self.interval.nanoseconds) { arm(at: now) }
        latest = now
        guard state.isOverloaded else { return true }
        if !endsTurn {
            endsTurn = true
            // Runs when everything that the sockets had in this turn is dealt with.
            eventLoop.assumeIsolated().execute {
                self.endsTurn = false
                self.state.endTurn()
                self.line.move()
            }
        }
        return state.admit(at: now)
    }

    /// The timer of the event loop has fired.
    func handleScheduledCallback(eventLoop: some EventLoop) {
        guard let due else { return }
        self.due = nil
        let now = ContinuousClock.now
        state.note(turn: now - due, endedAt: now)
    }

    private func arm(at now: ContinuousClock.Instant) {
        do {
            _ = try eventLoop.assumeIsolated().scheduleCallback(in: Self.interval, handler: self)
            due = now + .nanoseconds(Self.interval.nanoseconds)
        } catch {
            // The event loop is shutting down, and reviews with it.
            due = nil
        }
    }
}
