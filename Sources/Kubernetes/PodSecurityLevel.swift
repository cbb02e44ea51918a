/// The levels of the Pod Security Standards
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/), from the weakest to the strictest.
package enum PodSecurityLevel: String, Sendable, CaseIterable, Comparable {
    /// Everything is allowed.
    case privileged
    /// Known privilege escalations are refused.
    case baseline
    /// What current practice of hardening pods asks for is demanded.
    case restricted

    /// Whether `left` demands less than `right`.
    package static func < (left: PodSecurityLevel, right: PodSecurityLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .privileged: 0
        case .baseline: 1
        case .restricted: 2
        }
    }
}
