import JSON
import Kubernetes
import SidecarCatalog

/// Why a pod that gets nothing was perhaps meant to get something: what comes nearest to a reason.
///
/// Only for those who explain a decision; what can be told in an admission is a warning of the outcome.
struct NearMiss {
    /// How many hints of one kind are given.
    private static let maximumHints = 4

    let pod: Pod
    let environment: PodEnvironment
    let catalog: Catalog
    let keys: AnnotationKey

    /// What comes nearest, for a pod that was skipped for this reason.
    func hints(_ code: ReasonCode) -> [String] {
        switch code {
        case .notRequested, .nothingKnown: strayAnnotations + rulesMissed
        case .optedOut: rulesDeclined
        case .excludedNamespace, .ownNamespace, .mirrorPod: unreadRequest
        default: []
        }
    }

    /// Annotations with a name of ours that no admission looks at: without a domain, or below a domain like ours.
    private var strayAnnotations: [String] {
        let label = keys.domain.prefix { $0 != "." }.lowercased()
        let stray = (pod.annotations?.keys ?? []).filter { key in
            guard !keys.isWritten(key), !keys.resembles(key) else { return false }
            let parts = key.lowercased().split(separator: "/", maxSplits: 1)
            guard let name = parts.last, AnnotationKey.names.contains(String(name)) else {
                return AnnotationKey.names.contains { key.lowercased() == "\(keys.domain).\($0)" }
            }
            return parts.count == 1 || parts.first?.contains(label) == true
        }
        return stray.prefix(Self.maximumHints).map { key in
            "The annotation \(Excerpt.quote(key)) is not read; names of Pillion begin with \(keys.domain)/."
        }
    }

    /// Rules that are not about this pod, with what keeps them away.
    private var rulesMissed: [String] {
        catalog.rules.prefix(Self.maximumHints).compactMap { rule in
            let subject = "The rule \(Excerpt.cut(rule.name, to: 63)) gives \(Self.names(rule))"
            if !rule.namespaces.matches(environment.namespace) {
                let namespaces = rule.namespaces.patterns.prefix(6).map { Excerpt.cut($0, to: 63) }
                let list = namespaces.joined(separator: ", ")
                return "\(subject) in the namespaces \(list), not in \(Excerpt.cut(environment.namespace, to: 63))."
            }
            guard let missed = rule.podSelector.requirements.first(where: { !$0.isMet(by: pod.labels) }) else {
                return nil
            }
            let found = pod.labels?[missed.key]?.string.map { "it is \(Excerpt.quote($0))" } ?? "it has none"
            return
                "\(subject) to pods whose label \(Excerpt.cut(missed.key, to: 120)) \(Self.condition(missed)); \(found)."
        }
    }

    /// What rules would give without the opt-out.
    private var rulesDeclined: [String] {
        catalog.rules.filter { $0.applies(to: pod, in: environment.namespace) }.prefix(Self.maximumHints).map { rule in
            "Without the opt-out the rule \(Excerpt.cut(rule.name, to: 63)) gives \(Self.names(rule))."
        }
    }

    /// What is asked for where nobody reads it.
    private var unreadRequest: [String] {
        guard let text = pod.annotation(keys.inject) else { return [] }
        return ["The pod asks for \(Excerpt.quote(text)), which is not read there."]
    }

    private static func names(_ rule: InjectionRule) -> String {
        rule.inject.prefix(6).map(\.name.rawValue).joined(separator: ", ")
    }

    private static func condition(_ requirement: LabelSelector.Requirement) -> String {
        let values = requirement.values.prefix(6).map { Excerpt.cut($0, to: 63) }.joined(separator: ", ")
        return switch requirement.operator {
        case .in: "is \(values)"
        case .notIn: "is not \(values)"
        case .exists: "is there"
        case .doesNotExist: "is absent"
        }
    }
}
