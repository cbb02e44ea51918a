import JSON

/// Finds bundles and rules that bring sidecars together which conflict, so that no pod can have them.
struct ConflictChecker {
    /// The sidecars by name.
    let sidecars: [SidecarName: Sidecar]

    /// Reports every such bundle and rule.
    func check(bundles: [String: [BundleMember]], rules: [InjectionRule], _ findings: inout DocumentFindings) {
        for (name, members) in bundles.sorted(by: { $0.key < $1.key }) {
            check(members, "the bundle '\(name)'", JSONPointer(["spec", "bundles", name]), &findings)
        }
        for rule in rules {
            check(rule.inject, "the rule '\(rule.name)'", JSONPointer(["spec", "rules", rule.name]), &findings)
        }
    }

    private func check(
        _ members: [BundleMember],
        _ what: String,
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) {
        for (index, member) in members.enumerated() {
            let conflicts = sidecars[member.name]?.conflicts ?? []
            for other in members[(index + 1)...] where conflicts.contains(other.name) {
                let message = "\(what) brings '\(member.name)' and '\(other.name)' together, which conflict"
                findings.error(.conflictingSidecars, message, hint: "remove one of them", at: place)
            }
        }
    }
}
