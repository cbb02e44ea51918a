/// Waits that double up to a limit, each shortened by chance so that replicas do not march in step.
public struct Backoff: Sendable, Equatable {
    /// The first wait.
    public let initial: Duration
    /// The longest wait.
    public let limit: Duration
    private var current: Duration

    /// Makes waits that begin with `initial` and double up to `limit`.
    public init(initial: Duration = .milliseconds(500), limit: Duration = .seconds(30)) {
        self.initial = initial
        self.limit = max(initial, limit)
        current = initial
    }

    /// The next wait: at least half of the step, and at most all of it.
    ///
    /// - Parameter random: A number from 0 to 1.
    /// - Returns: How long to wait.
    public mutating func next(random: Double) -> Duration {
        let step = current
        current = min(limit, current * 2)
        return step * (0.5 + 0.5 * min(1, max(0, random)))
    }

    /// Begins again with the first wait.
    public mutating func reset() {
        current = initial
    }
}
