import NIOCore

/// Decides, from the clock and the counters alone, what a draining server does next.
///
/// ```
/// started --(grace - lastCall)--> lastCall --(grace)--> finished
///    \___ no connection left and quiet ______/
/// ```
struct DrainSchedule {
    /// What the server does now.
    enum Step: Equatable {
        /// Nothing; ask again later.
        case wait
        /// Send ``DrainEvent/lastCall`` and refuse new work.
        case lastCall
        /// Close everything; `complete` is false when connections are cut off.
        case finish(complete: Bool)
    }

    private let start: NIODeadline
    private let policy: DrainPolicy
    private var calledLast = false

    /// Makes the schedule of a drain that begins at `start`.
    init(start: NIODeadline, policy: DrainPolicy) {
        self.start = start
        self.policy = policy
    }

    /// The step for the time `now`, with `active` connections open and the last one accepted at `lastAccepted`.
    mutating func next(now: NIODeadline, active: Int, lastAccepted: NIODeadline?) -> Step {
        let quietSince = max(lastAccepted ?? start, start)
        if active == 0, now - quietSince >= policy.quietPeriod {
            return .finish(complete: true)
        }
        let elapsed = now - start
        if elapsed >= policy.gracePeriod {
            return .finish(complete: active == 0)
        }
        if !calledLast, elapsed >= policy.gracePeriod - policy.lastCall {
            calledLast = true
            return .lastCall
        }
        return .wait
    }
}
