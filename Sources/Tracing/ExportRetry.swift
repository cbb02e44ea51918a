/// When a batch that was not taken is sent again, as a value.
///
/// | answer | what happens |
/// |---|---|
/// | 2xx | done |
/// | 429, 502, 503, 504, or none at all | again after 1, 2, 4, 8 s or what `Retry-After` says; then given up |
/// | anything else | given up: the collector will not take it the next time either |
struct ExportRetry {
    /// What is done with a batch.
    enum Step: Equatable {
        /// The collector has it.
        case done
        /// Wait, then send it again.
        case again(after: Duration)
        /// Drop it.
        case giveUp
    }

    /// The longest wait.
    static let longestWait = Duration.seconds(30)
    private static let maximumAttempts = 5
    private var attempts = 0

    /// What follows an answer.
    ///
    /// - Parameters:
    ///   - status: The status of the answer, or nil when there was none.
    ///   - retryAfter: Its `Retry-After`, where it has one.
    /// - Returns: What to do.
    mutating func next(status: Int?, retryAfter: String?) -> Step {
        attempts += 1
        switch status {
        case .some(200...299): return .done
        case nil, 429, 502, 503, 504: break
        default: return .giveUp
        }
        guard attempts < Self.maximumAttempts else { return .giveUp }
        let asked = retryAfter.flatMap { Int64($0) }.map { Duration.seconds(max(0, min($0, 3_600))) }
        return .again(after: min(asked ?? .seconds(1 << (attempts - 1)), Self.longestWait))
    }
}
