/// What the active health checks of one endpoint have found, as a state machine without sockets or clock.
///
/// ```
///                first success                  unhealthyThreshold failures in a row, or one that is fatal
///   untested ---------------------> healthy --------------------------------------------> unhealthy
///      |  failure                      ^                                                     | ^ |
///      +------------------------------ | ----------------------------------------------------|-+ |
///                                      +-----------------------------------------------------+   |
///                                            healthyThreshold successes in a row                 +-- failure
/// ```
public struct HealthCheckState: Sendable, Hashable {
    /// What one check found.
    public enum Result: Sendable, Hashable {
        /// The endpoint is well.
        case success
        /// No connection, no answer in time, or one that `retriable_statuses` counts as a failure to be repeated.
        case failure
        /// An answer that says that the endpoint is not well, which no threshold waits for.
        case fatalFailure
    }

    /// What a check changed.
    public enum Transition: Sendable, Hashable {
        /// Nothing.
        case unchanged
        /// The endpoint may get requests from now on.
        case becameHealthy
        /// The endpoint gets no requests from now on.
        case becameUnhealthy
    }

    /// When checks run and what they mean.
    public let settings: HealthCheckSettings
    /// Whether the endpoint may get requests; not before the first check has passed.
    public private(set) var isHealthy = false
    private var isTested = false
    private var successes = 0
    private var failures = 0
    /// Whether the last check changed something.
    private var isEdge = false

    /// Makes the state of an endpoint that has not been checked.
    public init(_ settings: HealthCheckSettings) {
        self.settings = settings
    }

    /// Takes the result of a check.
    public mutating func record(_ result: Result) -> Transition {
        let wasHealthy = isHealthy
        switch result {
        case .success:
            failures = 0
            successes = min(successes + 1, 1_000_000)
            // The very first check suffices, so that a start does not wait for thresholds.
            if !isTested || successes >= max(1, settings.healthyThreshold) { isHealthy = true }
        case .failure, .fatalFailure:
            successes = 0
            failures = min(failures + 1, 1_000_000)
            if result == .fatalFailure || failures >= max(1, settings.unhealthyThreshold) { isHealthy = false }
        }
        let isFirst = !isTested
        isTested = true
        isEdge = isHealthy != wasHealthy || isFirst && !isHealthy
        guard isHealthy != wasHealthy else { return .unchanged }
        return isHealthy ? .becameHealthy : .becameUnhealthy
    }

    /// How long to wait before the first check.
    public func initialDelay(random: UInt64) -> Duration {
        Jitter.share(of: settings.initialJitter, random)
    }

    /// How long to wait after the last check.
    ///
    /// - Parameters:
    ///   - hasTraffic: Whether the cluster has ever had a connection for requests.
    ///   - random: A random word.
    /// - Returns: The time to the next check.
    public func nextDelay(hasTraffic: Bool, random: UInt64) -> Duration {
        let base = max(.milliseconds(1), interval(hasTraffic: hasTraffic))
        let percent = base * Double(max(0, min(settings.intervalJitterPercent, 1000))) / 100
        var words = RandomWords(random)
        return base + Jitter.share(of: settings.intervalJitter, words.next()) + Jitter.share(of: percent, words.next())
    }

    private func interval(hasTraffic: Bool) -> Duration {
        guard hasTraffic else {
            return isHealthy
                ? settings.noTrafficHealthyInterval ?? settings.noTrafficInterval : settings.noTrafficInterval
        }
        if isHealthy { return isEdge ? settings.healthyEdgeInterval ?? settings.interval : settings.interval }
        let unhealthy = settings.unhealthyInterval ?? settings.interval
        return isEdge ? settings.unhealthyEdgeInterval ?? unhealthy : unhealthy
    }
}
