/// A level of the Pod Security Standards (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
public enum PodSecurityLevel: String, Sendable, CaseIterable {
    /// Everything is allowed.
    case privileged
    /// Known ways to raise privileges are closed.
    case baseline
    /// What is needed to harden pods is required.
    case restricted
}
