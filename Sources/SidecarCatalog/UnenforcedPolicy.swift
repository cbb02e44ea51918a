import JSON

/// Policies that a catalog may declare already and that this release does not act on.
///
/// A policy that is believed to hold and does not is worse than none, so each use is reported.
struct UnenforcedPolicy {
    /// The field.
    let field: String
    /// How much it matters that nothing happens.
    let severity: Diagnostic.Severity
    /// What does not happen.
    let consequence: String

    /// Fields of `Catalog` `spec`.
    static let catalog = [
        UnenforcedPolicy(field: "rules", severity: .warning, consequence: "no pod gets a sidecar by rule"),
        UnenforcedPolicy(
            field: "rollouts",
            severity: .warning,
            consequence: "every pod gets what its channel leads to"
        ),
        UnenforcedPolicy(
            field: "sidecarsPerPod",
            severity: .warning,
            consequence: "the number of sidecars is not limited"
        ),
        UnenforcedPolicy(field: "images", severity: .warning, consequence: "images are neither checked nor rewritten"),
        UnenforcedPolicy(
            field: "podSecurity",
            severity: .warning,
            consequence: "the level of the result is not checked"
        ),
        UnenforcedPolicy(
            field: "resources",
            severity: .warning,
            consequence: "resources are neither required nor limited"
        ),
    ]

    /// Fields of `Sidecar` `spec`.
    static let sidecar = [
        UnenforcedPolicy(
            field: "conflicts",
            severity: .warning,
            consequence: "sidecars that conflict can meet in a pod"
        ),
        UnenforcedPolicy(field: "entitled", severity: .warning, consequence: "every pod may ask for the sidecar"),
        UnenforcedPolicy(field: "resources", severity: .note, consequence: "resources stay as they are declared"),
    ]

    /// Fields of a version.
    static let version = [
        UnenforcedPolicy(field: "lifecycle", severity: .note, consequence: "nobody is told that a version ends"),
        UnenforcedPolicy(field: "resources", severity: .note, consequence: "resources stay as they are declared"),
    ]

    /// Reports the policies that `value` declares.
    static func report(
        _ value: JSONValue,
        _ policies: [UnenforcedPolicy],
        at pointer: JSONPointer,
        _ findings: inout DocumentFindings
    ) {
        for policy in policies {
            guard let declared = value[policy.field], !isEmpty(declared) else { continue }
            findings.add(
                policy.severity,
                .notEnforced,
                "'\(policy.field)' is not enforced by this release: \(policy.consequence)",
                at: pointer.appending(policy.field),
                isAboutName: true
            )
        }
    }

    /// Whether a policy restricts nothing: it is empty, or all it says is `*`.
    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.allSatisfy { $0 == "*" }
        case .object(let object): object.members.allSatisfy { isEmpty($0.value) }
        case .null, .bool, .number, .string: false
        }
    }
}
