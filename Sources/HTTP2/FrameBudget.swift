import NIOCore

/// Counts what costs the receiver more than the sender, over a stretch of time.
struct FrameBudget {
    private let limit: Int
    private let period: TimeAmount
    private var count = 0
    private var start = NIODeadline.now()

    /// Makes a budget for `limit` events in a `period`.
    init(_ limit: Int, per period: TimeAmount) {
        self.limit = limit
        self.period = period
    }

    /// Counts an event; returns whether it is within the budget.
    mutating func spend() -> Bool {
        count += 1
        guard count > limit else { return true }
        // The clock is only read where it matters.
        let now = NIODeadline.now()
        guard now - start > period else { return false }
        start = now
        count = 1
        return true
    }

    /// Takes events back that were earned by work that was asked for.
    mutating func credit(_ earned: Int) { count = max(0, count - earned) }
}
