/// What a webhook that changes nothing says about a request.
struct AdmissionVerdict: Sendable {
    /// The verdict in a word: `allow`, `deny` or `advise`.
    let decision: String
    /// Why.
    let reason: Reason
    /// What the author should know.
    var warnings: [InjectionWarning] = []

    /// The request goes on.
    static func allow(_ reason: Reason, warnings: [InjectionWarning] = []) -> AdmissionVerdict {
        AdmissionVerdict(decision: "allow", reason: reason, warnings: warnings)
    }

    /// The request is rejected.
    static func deny(_ code: ReasonCode, _ message: String) -> AdmissionVerdict {
        AdmissionVerdict(decision: "deny", reason: Reason(code, message))
    }

    /// Whether the request is rejected.
    var isDenial: Bool { decision == "deny" }
}
