import JSON
import Kubernetes
import SidecarCatalog

/// A sidecar fits into the budget of a pod, and two of them do.
enum BudgetRule: LintRule {
    static let pages = [
        CodePage(
            "budget-below-sidecar",
            .error,
            "A budget of a pod that is smaller than one sidecar",
            "`resources.perPod` limits what the sidecars of a pod request together. A sidecar that requests more than "
                + "that alone, with its default parameters, is denied everywhere.",
            in: .documents,
            wrong: example("{cpu: 100m}", second: false),
            right: example("{cpu: 200m}", second: false)
        ),
        CodePage(
            "pair-over-budget",
            .note,
            "Two sidecars that are over the budget of a pod together",
            "Each fits into `resources.perPod` alone, both do not. A pod that asks for both is denied.",
            in: .documents,
            wrong: example("{cpu: 300m}", second: true),
            right: example("{cpu: 400m}", second: true)
        ),
    ]

    private static func example(_ budget: String, second: Bool) -> String {
        let names = second ? ["cache", "proxy"] : ["cache"]
        let sidecars = names.map { name in
            """
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: \(name)}
            spec:
              versions:
                1.0.0:
                  container:
                    image: registry.acme.example/\(name):1.0.0
                    resources: {requests: {cpu: 200m}}
            """
        }
        let policy = """
            apiVersion: pillion.dev/v1
            kind: Catalog
            metadata: {name: acme}
            spec: {resources: {perPod: \(budget)}}
            """
        return ([policy] + sidecars).joined(separator: "\n")
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for (resource, maximum) in catalog.catalog.resources.perPod {
            // Every version is looked at alone; pairs are those of what pods get by default, the largest first.
            for version in catalog.versions {
                guard let request = version.requests[resource], request > maximum else { continue }
                findings.add(
                    pages[0],
                    "sidecar '\(version.sidecar.name)' requests \(request) of \(resource); the budget of a pod is \(maximum)",
                    hint: "raise 'resources.perPod' or lower the request",
                    in: version.document,
                    at: version.container.pointer.appending("resources"),
                    isAboutName: true
                )
            }
            checkPairs(resource, maximum, catalog, &findings)
        }
    }

    private static func checkPairs(
        _ resource: String,
        _ maximum: Quantity,
        _ catalog: LintedCatalog,
        _ findings: inout LintFindings
    ) {
        let requests = catalog.sidecars.enumerated().compactMap { index, sidecar -> (Int, LintedVersion, Quantity)? in
            guard let version = sidecar.versions.first, let request = version.requests[resource], request <= maximum
            else { return nil }
            return (index, version, request)
        }.sorted { $0.2 > $1.2 }
        var count = 0
        for (position, first) in requests.enumerated() {
            for second in requests[(position + 1)...] {
                // Those that follow are smaller still.
                guard first.2 + second.2 > maximum else { break }
                guard catalog.mayMeet(first.0, second.0) else { continue }
                findings.add(
                    pages[1],
                    "with sidecar '\(first.1.sidecar.name)' it requests \(first.2 + second.2) of \(resource); the budget is \(maximum)",
                    in: second.1.document,
                    at: second.1.container.pointer.appending("resources"),
                    isAboutName: true,
                    others: [first.1.document]
                )
                count += 1
                guard count < LintFindings.limit else { return }
            }
        }
    }
}
