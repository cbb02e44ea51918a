/// A reason code with what it is about in this case.
public struct Reason: Sendable, Equatable {
    /// The stable code.
    public let code: ReasonCode
    /// What exactly is the matter, what is allowed and what to do; the code's sentence when there is nothing to add.
    public let message: String

    /// Makes a reason; without a message the code's sentence stands.
    public init(_ code: ReasonCode, _ message: String? = nil) {
        self.code = code
        self.message = message ?? code.sentence
    }
}

/// Thrown inside the engine where a decision is found deep in its work; it never leaves the engine as an error.
extension Reason: Error {}
