/// What there is to say about a live pod's sidecars.
package struct AuditedPod: Sendable {
    /// What is wrong.
    package let findings: [AuditFinding]
    /// Why a pod like it would be denied now, so that making it anew does not help; nil when it would be admitted.
    package let denial: Reason?
}
