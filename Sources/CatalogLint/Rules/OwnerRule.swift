import JSON
import SidecarCatalog

/// Every sidecar has somebody who answers for it.
enum OwnerRule: LintRule {
    static let pages = [
        CodePage(
            "missing-owner",
            .warning,
            "A sidecar that nobody answers for",
            "Reports, pages and audits name the team of a sidecar. Without an owner nobody knows whom to ask when it "
                + "keeps a pod from starting.",
            in: .sidecar,
            wrong: "title: Log shipper",
            right: "title: Log shipper\nowner: {team: observability, contact: observability@acme.example}"
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for linted in catalog.sidecars where linted.sidecar.owner == nil {
            findings.add(
                pages[0],
                "sidecar '\(linted.name)' has no owner",
                hint: "add 'owner: {team: …, contact: …}'",
                in: linted.document,
                at: JSONPointer(["spec"]),
                isAboutName: true
            )
        }
    }
}
