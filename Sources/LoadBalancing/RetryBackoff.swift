/// The waits before retries, each drawn from a range that doubles: Envoy's fully jittered exponential back-off.
public struct RetryBackoff: Sendable, Hashable {
    /// The end of the first range: `base_interval`, 25 ms in Envoy.
    public let base: Duration
    /// The end of the widest range: `max_interval`, ten times the base in Envoy.
    public let limit: Duration
    private var current: Duration

    /// Makes waits that begin between nothing and `base`.
    public init(base: Duration = .milliseconds(25), limit: Duration? = nil) {
        self.base = max(.zero, base)
        self.limit = max(self.base, limit ?? self.base * 10)
        current = self.base
    }

    /// The next wait, below `base`, then below twice that, and so on up to ``limit``.
    public mutating func next(random: UInt64) -> Duration {
        let range = current
        current = current < limit / 2 ? current * 2 : limit
        return Jitter.share(of: range, random)
    }

    /// Begins again, after a success.
    public mutating func reset() {
        current = base
    }
}
