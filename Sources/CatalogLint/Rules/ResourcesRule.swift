import JSON
import SidecarCatalog

/// Every sidecar says what it needs and how much memory it may take.
enum ResourcesRule: LintRule {
    static let pages = [
        CodePage(
            "missing-resources",
            .warning,
            "A sidecar without requests or a memory limit",
            "The scheduler only knows requests, horizontal autoscaling by utilization fails for the whole pod when one "
                + "container has no CPU request, and a sidecar without a memory limit can take the application's.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  resources: {requests: {memory: 64Mi}}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  resources: {requests: {cpu: 20m, memory: 64Mi}, limits: {memory: 64Mi}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            let resources = version.container.json["resources"]
            let limits = resources?["limits"]
            var missing: [String] = []
            // Kubernetes takes a missing request from the limit.
            for name in ["cpu", "memory"] where resources?["requests"]?[name] == nil && limits?[name] == nil {
                missing.append("requests.\(name)")
            }
            if limits?["memory"] == nil { missing.append("limits.memory") }
            guard !missing.isEmpty else { continue }
            findings.add(
                pages[0],
                "the container of sidecar '\(version.sidecar.name)' has no \(missing.joined(separator: ", "))",
                hint: "declare them, as parameters where applications differ",
                in: version.document,
                at: version.container.pointer.appending("resources"),
                isAboutName: true
            )
        }
    }
}
