/// How many of the requests under way may be retries: `Thresholds.RetryBudget`.
public struct RetryBudget: Sendable, Hashable {
    /// The share in percent of all requests that are under way or wait: `budget_percent`.
    public var percent: Double
    /// How many are allowed however little is going on: `min_retry_concurrency`.
    public var minimumConcurrency: UInt32

    /// Makes a budget; the numbers are Envoy's.
    public init(percent: Double = 20, minimumConcurrency: UInt32 = 3) {
        self.percent = percent
        self.minimumConcurrency = minimumConcurrency
    }

    /// How many retries may be under way while `requests` are.
    func retries(of requests: Int) -> Int {
        let share = max(0, min(percent, 100)) / 100 * Double(max(0, requests))
        return max(Int(minimumConcurrency), Int(share))
    }
}
