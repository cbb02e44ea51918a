import JSON

/// Something that the author of a pod should know although the pod is admitted.
public struct InjectionWarning: Sendable, Equatable {
    /// The stable codes of warnings.
    public enum Code: String, Sendable, CaseIterable {
        /// A parameter is set for a sidecar that the pod does not get.
        case unusedParameter = "unused-parameter"
        /// The inject annotation is empty.
        case emptyRequest = "empty-request"
        /// Something unknown was ignored because the catalog says so.
        case unknownIgnored = "unknown-ignored"
        /// The pod carries a status that its containers do not match.
        case forgedStatus = "forged-status"
        /// A sidecar is in the pod in another form than the catalog now gives.
        case outdated
        /// Another webhook removed a native sidecar's restart policy.
        case restartPolicyRemoved = "restart-policy-removed"
        /// The sidecar is a plain container here, without start order.
        case plainContainer = "plain-container"
        /// The review had members that were written twice.
        case duplicateKeys = "duplicate-keys"
    }

    /// The longest text that the API server passes on whole (Kubernetes: AdmissionResponse.warnings).
    public static let maximumLength = 120
    /// How many warnings a response carries at most.
    public static let maximumCount = 5

    /// The stable code.
    public let code: Code
    /// A short text.
    public let text: String

    /// Makes a warning; a long text is cut.
    public init(_ code: Code, _ text: String) {
        self.code = code
        self.text = Excerpt.cut(text, to: Self.maximumLength)
    }
}
