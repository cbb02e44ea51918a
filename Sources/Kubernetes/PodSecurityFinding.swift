package import JSON

/// Something in a pod that a level of the Pod Security Standards refuses.
package struct PodSecurityFinding: Sendable, Equatable {
    /// The control that refuses it.
    package let control: PodSecurityControl
    /// The weakest level that refuses it: `baseline` or `restricted`.
    package let level: PodSecurityLevel
    /// The name of the container; nil when it is about the pod as a whole.
    package let container: String?
    /// The field, which may be absent where it is demanded.
    package let location: JSONPointer
    /// What is wrong, as a sentence without a full stop.
    package let what: String
    /// What to do about it.
    package let fix: String
}
