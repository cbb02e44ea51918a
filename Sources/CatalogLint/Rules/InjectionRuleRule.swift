import JSON
import SidecarCatalog

/// A rule can take effect.
enum InjectionRuleRule: LintRule {
    static let pages = [
        CodePage(
            "unsatisfiable-rule",
            .warning,
            "A rule that gives no pod its sidecars",
            "All namespaces of the rule are excluded or not entitled to a sidecar, or its sidecars cannot be in one pod. "
                + "A default rule then does nothing; a required one denies pods.",
            in: .policy,
            wrong: "rules: {all: {namespaces: [kube-system], inject: [proxy]}}",
            right: "rules: {all: {namespaces: [payments], inject: [proxy]}}"
        ),
        CodePage(
            "rule-needs-parameter",
            .warning,
            "A rule that injects a sidecar with a parameter that pods have to set",
            "A pod that never asked for the sidecar knows nothing of its parameters, and is denied. Give the parameter a "
                + "default, or let pods ask for the sidecar.",
            in: .documents,
            wrong: example("{type: name}"),
            right: example("{type: name, default: web}")
        ),
    ]

    private static func example(_ parameter: String) -> String {
        """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: acme}
        spec: {rules: {all: {namespaces: [payments], inject: [agent]}}}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: agent}
        spec:
          versions:
            1.0.0:
              parameters: {role: \(parameter)}
              container: {image: "registry.acme.example/agent:1.0.0", args: [$(params.role)]}
        """
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        guard let policy = catalog.policy else { return }
        for rule in catalog.catalog.rules {
            let place = JSONPointer(["spec", "rules", rule.name])
            for problem in problems(of: rule, in: catalog) {
                findings.add(
                    pages[0],
                    "no pod gets the sidecars of rule '\(Excerpt.cut(rule.name))': \(problem)",
                    in: policy,
                    at: place,
                    isAboutName: true
                )
            }
            for member in rule.inject {
                guard let sidecar = catalog.catalog.sidecar(member.name),
                    let parameter = sidecar.version(matching: member.selector)?.parameters.first(where: \.isRequired)
                else { continue }
                findings.add(
                    pages[1],
                    "rule '\(Excerpt.cut(rule.name))' injects '\(member.name)', and pods have to set its '\(parameter.name)'",
                    hint: "give '\(parameter.name)' a default",
                    in: policy,
                    at: place.appending("inject"),
                    isAboutName: true,
                    others: catalog.sidecars.filter { $0.sidecar.name == member.name }.map(\.document)
                )
            }
        }
    }

    private static func problems(of rule: InjectionRule, in catalog: LintedCatalog) -> [String] {
        var problems = SidecarGroup(rule.inject, in: catalog).problems
        // A pattern with '*' stands for namespaces that nobody has named.
        let names = rule.namespaces.patterns
        guard !names.isEmpty, !names.contains(where: { $0.utf8.contains(UInt8(ascii: "*")) }) else { return problems }
        if names.allSatisfy({ catalog.catalog.excludes(namespace: $0) }) {
            problems.append("all of its namespaces are excluded")
        }
        for member in rule.inject {
            guard let entitled = catalog.catalog.sidecar(member.name)?.entitled.namespaces else { continue }
            guard !names.contains(where: { entitled.matches($0) }) else { continue }
            problems.append("none of its namespaces is entitled to '\(member.name)'")
        }
        return problems
    }
}
