public import JSON

/// What happens to a pod.
public enum InjectionDecision: Sendable {
    /// The patch adds what the pod gets.
    case inject(Reason, JSONPatch)
    /// The pod goes on as it is.
    case skip(Reason)
    /// The pod is refused.
    case deny(Reason)

    /// Why.
    public var reason: Reason {
        switch self {
        case .inject(let reason, _), .skip(let reason), .deny(let reason): reason
        }
    }

    /// The decision in a word: `inject`, `skip` or `deny`.
    public var name: String {
        switch self {
        case .inject: "inject"
        case .skip: "skip"
        case .deny: "deny"
        }
    }

    /// The patch; empty unless something is injected.
    public var patch: JSONPatch {
        if case .inject(_, let patch) = self { patch } else { JSONPatch() }
    }
}
