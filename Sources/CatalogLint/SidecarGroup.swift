import Kubernetes
import SidecarCatalog

/// Sidecars that are meant to be in one pod, and what keeps them from it.
struct SidecarGroup {
    /// What keeps them from being in one pod, as phrases.
    private(set) var problems: [String] = []

    /// Looks at the members of a bundle or a rule.
    init(_ members: [BundleMember], in catalog: LintedCatalog) {
        if let limit = catalog.catalog.limits.denyAbove, members.count > limit {
            problems.append("it has \(members.count) sidecars, and \(limit) are allowed")
        }
        let linted = members.compactMap { member in
            catalog.sidecars.first { $0.sidecar.name == member.name }.map { ($0, member.selector) }
        }
        checkBudget(linted, in: catalog)
        let literal = linted.map(\.0.sidecar.entitled.namespaces).filter { list in
            !list.patterns.contains { $0.utf8.contains(UInt8(ascii: "*")) }
        }
        if let first = literal.first, !literal.isEmpty {
            let common = literal.dropFirst().reduce(Set(first.patterns)) { $0.intersection($1.patterns) }
            if common.isEmpty { problems.append("no namespace is entitled to all of its sidecars") }
        }
    }

    private mutating func checkBudget(
        _ members: [(sidecar: LintedSidecar, selector: VersionSelector?)],
        in catalog: LintedCatalog
    ) {
        for (resource, maximum) in catalog.catalog.resources.perPod {
            var total = Quantity.zero
            for member in members {
                let version = member.sidecar.sidecar.version(matching: member.selector)?.version
                let linted = member.sidecar.versions.first { $0.version.version == version }
                total = total + (linted?.requests[resource] ?? .zero)
            }
            guard total > maximum else { continue }
            problems.append("it requests \(total) of \(resource), and the budget of a pod is \(maximum)")
        }
    }
}
