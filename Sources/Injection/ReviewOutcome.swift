/// The answer to one AdmissionReview, with what logs and metrics need to know of it.
public struct ReviewOutcome: Sendable {
    /// What kind of answer it is; a server turns it into an HTTP status.
    public enum Kind: String, Sendable {
        /// A decision: an AdmissionReview with a response (HTTP 200), a denial included.
        case answered
        /// The body is not a review that can be answered (HTTP 400), which leaves it to the failure policy.
        case malformed
        /// The engine failed (HTTP 500), which leaves it to the failure policy.
        case failed
    }

    /// What kind of answer it is.
    public let kind: Kind
    /// The body of the answer: JSON.
    public let body: [UInt8]
    /// The facts of the decision.
    public let record: DecisionRecord

    /// Makes an outcome.
    init(_ kind: Kind, body: [UInt8], record: DecisionRecord) {
        self.kind = kind
        self.body = body
        self.record = record
    }
}
