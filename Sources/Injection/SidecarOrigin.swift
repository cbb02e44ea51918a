/// Who wants a sidecar in a pod.
enum SidecarOrigin: Sendable, Equatable {
    /// A required rule of the catalog, which a pod cannot opt out of.
    case required(rule: String)
    /// The pod itself, by annotation.
    case pod
    /// A default rule of the catalog.
    case rule(String)

    /// The rule; nil when the pod itself asks.
    var rule: String? {
        switch self {
        case .required(let rule), .rule(let rule): rule
        case .pod: nil
        }
    }

    /// Whether the pod can do without the sidecar: a default rule wants it and nobody else.
    var isOptional: Bool {
        if case .rule = self { true } else { false }
    }
}
