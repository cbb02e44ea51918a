import Kubernetes
import SidecarCatalog

/// The catalog's rules of one mode as lists of sidecars that a pod is to have.
///
/// They say what the engine does: a sidecar that cannot be in such a pod is left out, and one that only a default rule
/// wants also where it is not entitled, excluded by the pod, or in conflict. Sidecars whose chosen version is denied
/// after a day are not in the lists of default rules, for an expression does not know the day.
struct RuleExpressions {
    let catalog: Catalog
    let mode: InjectionRule.Mode

    /// An expression for each rule and sidecar.
    var lists: [String] {
        catalog.rules.filter { $0.mode == mode }.flatMap { rule in
            rule.inject.compactMap { member in
                catalog.sidecar(member.name).flatMap { list(of: $0, member, by: rule) }
            }
        }
    }

    private func list(of sidecar: Sidecar, _ member: BundleMember, by rule: InjectionRule) -> String? {
        var conditions = ["request.operation == 'CREATE'"] + self.conditions(of: rule) + ["!variables.windows"]
        if sidecar.refusesHostNetwork { conditions.append("!variables.hostNetwork") }
        if mode == .default {
            let lifecycle = sidecar.version(matching: member.selector)?.lifecycle
            guard let lifecycle, lifecycle.enforce != .deny || lifecycle.sunsetAfter == nil else { return nil }
            conditions += choices(of: sidecar)
        }
        return "(\(conditions.joined(separator: " && "))\n? [\(CEL.quoted(sidecar.name.rawValue))] : [])"
    }

    /// What keeps a default rule from adding a sidecar.
    private func choices(of sidecar: Sidecar) -> [String] {
        var conditions = ["!variables.optedOut", "!(\(CEL.quoted(sidecar.name.rawValue)) in variables.excluded)"]
        conditions += Entitled(sidecar.entitled).conditions
        if !sidecar.conflicts.isEmpty {
            let names = CEL.list(sidecar.conflicts.map(\.rawValue))
            conditions.append("!variables.asked.exists(n, n in \(names))")
            conditions.append("!variables.initContainers.exists(c, c.name in \(names))")
        }
        return conditions
    }

    private func conditions(of rule: InjectionRule) -> [String] {
        let namespaces = CEL.matches("request.namespace", rule.namespaces.patterns)
        return (namespaces.map { [$0] } ?? []) + rule.podSelector.requirements.map(Self.test)
    }

    private static func test(_ requirement: LabelSelector.Requirement) -> String {
        let key = CEL.quoted(requirement.key)
        let has = "\(key) in variables.labels && variables.labels[\(key)] in \(CEL.list(requirement.values))"
        return switch requirement.operator {
        case .in: has
        case .notIn: "!(\(has))"
        case .exists: "\(key) in variables.labels"
        case .doesNotExist: "!(\(key) in variables.labels)"
        }
    }
}
