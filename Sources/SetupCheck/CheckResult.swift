/// What one check came to.
public struct CheckResult: Sendable, Equatable {
    /// The outcomes.
    public enum Outcome: String, Sendable {
        /// All is well.
        case passed
        /// It works, and something should be different.
        case warned
        /// It does not work.
        case failed
        /// It could not be looked at.
        case skipped
    }

    /// What was looked at.
    public let code: CheckCode
    /// The outcome.
    public let outcome: Outcome
    /// The file, address or webhook; empty where there is only one.
    public let subject: String
    /// What was found.
    public let detail: String
    /// What to do; empty when there is nothing to be done.
    public let hint: String

    /// Makes a result.
    public init(_ code: CheckCode, _ outcome: Outcome, _ subject: String, _ detail: String, hint: String = "") {
        self.code = code
        self.outcome = outcome
        self.subject = subject
        self.detail = detail
        self.hint = hint
    }
}
