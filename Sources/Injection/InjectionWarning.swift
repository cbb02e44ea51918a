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
        /// A rule of the catalog requires what the pod would do without, or another version.
        case requiredByRule = "required-by-rule"
        /// A rule of the catalog does not add its sidecar to this pod.
        case ruleSkipped = "rule-skipped"
        /// The version will end.
        case deprecatedVersion = "deprecated-version"
        /// The version has ended.
        case sunsetVersion = "sunset-version"
        /// The pod has more sidecars than advised.
        case manySidecars = "many-sidecars"
        /// The pod's effective requests grow by more than its sidecars request.
        case resourceJump = "resource-jump"
        /// The pod was Guaranteed and no longer is.
        case guaranteedLost = "guaranteed-lost"
        /// A sidecar keeps the pod below the catalog's Pod Security level.
        case podSecurity = "pod-security"
        /// An annotation of ours stands where it has no effect.
        case misplacedAnnotation = "misplaced-annotation"
        /// An annotation looks like one of ours and is none.
        case misspeltAnnotation = "misspelt-annotation"
        /// The pods of a workload would be denied.
        case wouldBeDenied = "would-be-denied"
        /// There are more warnings than are passed on.
        case omitted
        /// The review had members that were written twice.
        case duplicateKeys = "duplicate-keys"
    }

    /// The longest text that the API server passes on whole (Kubernetes: AdmissionResponse.warnings).
    public static let maximumLength = 120
    /// How many warnings a response carries at most: 16 of 120 characters are half of what the API server passes on.
    public static let maximumCount = 16

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
