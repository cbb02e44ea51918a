/// What is wrong with a live pod's sidecars.
package struct AuditFinding: Sendable, Hashable {
    /// The kinds of findings.
    package enum Kind: String, Sendable, CaseIterable {
        /// The pod was made without a sidecar that a rule gives it, or that it asks for beside others it has.
        case missing
        /// The sidecar is there in a form, or at all, that the catalog no longer gives.
        case outdated
        /// Something of the sidecar is not as the pod's status says.
        case tampered
        /// The pod asks for the sidecar and was admitted without an answer from Pillion (`failurePolicy: Ignore`).
        case failedOpen = "failed-open"
        /// The status speaks of something that is not in the pod, or cannot be read.
        case forgedStatus = "forged-status"
    }

    /// What kind of finding it is.
    package let kind: Kind
    /// The sidecar; nil when it is about the status as a whole.
    package let sidecar: String?
    /// What exactly is the matter.
    package let message: String
}
