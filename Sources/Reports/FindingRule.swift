/// What a code of findings means, for reports that explain their codes.
public struct FindingRule: Sendable, Equatable {
    /// The code.
    public let code: String
    /// The severity that findings of the code usually have.
    public let severity: Finding.Severity
    /// What such a finding is, in a few words without a full stop.
    public let title: String
    /// Why it matters and what to do: plain text.
    public let explanation: String

    /// Makes a rule.
    public init(code: String, severity: Finding.Severity, title: String, explanation: String) {
        self.code = code
        self.severity = severity
        self.title = title
        self.explanation = explanation
    }
}
