import JSON
import SidecarCatalog

/// An image is the same tomorrow.
enum TagRule: LintRule {
    static let pages = [
        CodePage(
            "latest-tag",
            .warning,
            "An image with the tag latest, or with none",
            "What the tag leads to changes without a change of the catalog: pods of one workload differ, a rollback does "
                + "not bring back what ran, and the kubelet pulls at every start.",
            in: .version,
            wrong: "container: {image: registry.acme.example/shipper:latest}",
            right: "container: {image: \"registry.acme.example/shipper:1.0.0\"}"
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for container in version.containers {
                let image = container.image
                guard image.digest == nil, image.tag == nil || image.tag == "latest" else { continue }
                findings.add(
                    pages[0],
                    "the image '\(Excerpt.cut(image.repository))' has \(image.tag == nil ? "no tag" : "the tag latest")",
                    hint: "name a version or a digest",
                    in: version.document,
                    at: container.pointer.appending("image")
                )
            }
        }
    }
}
