import JSON
import Kubernetes
import SidecarCatalog

/// A bundle can be given to a pod.
enum BundleRule: LintRule {
    static let pages = [
        CodePage(
            "unsatisfiable-bundle",
            .error,
            "A bundle that no pod can have",
            "It has more sidecars than `sidecarsPerPod.denyAbove` allows, its sidecars request more than "
                + "`resources.perPod` together, or no namespace is entitled to all of them. Every pod that asks for it is "
                + "denied.",
            in: .policy,
            wrong: "sidecarsPerPod: {denyAbove: 1}\nbundles: {web: [proxy, shipper]}",
            right: "sidecarsPerPod: {denyAbove: 2}\nbundles: {web: [proxy, shipper]}"
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        guard let policy = catalog.policy else { return }
        for (name, members) in catalog.catalog.bundles.sorted(by: { $0.key < $1.key }) {
            for problem in SidecarGroup(members, in: catalog).problems {
                findings.add(
                    pages[0],
                    "no pod can have the bundle '\(name)': \(problem)",
                    hint: "take a sidecar out of it",
                    in: policy,
                    at: JSONPointer(["spec", "bundles", name]),
                    isAboutName: true
                )
            }
        }
    }
}
