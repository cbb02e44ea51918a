import JSON
import SidecarCatalog

/// A phase has a sidecar.
enum PhaseRule: LintRule {
    static let pages = [
        CodePage(
            "unused-phase",
            .note,
            "A phase in which nothing starts",
            "Phases are the start order that people rely on. One without a sidecar is a plan, or the rest of one.",
            in: .policy,
            wrong: "phases: [network, policy, telemetry]",
            right: "phases: [telemetry]"
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        guard let policy = catalog.policy, policy.value["spec"]?["phases"] != nil else { return }
        let used = Set(catalog.sidecars.map(\.sidecar.phase))
        for (index, phase) in catalog.catalog.phases.enumerated() where !used.contains(phase) {
            findings.add(
                pages[0],
                "no sidecar starts in phase '\(phase)'",
                hint: "remove it until one does",
                in: policy,
                at: JSONPointer(["spec", "phases"]).appending(index)
            )
        }
    }
}
