import JSON
import SidecarCatalog

/// An image that a parameter names is allowed as long as nobody sets the parameter; the loader checks all others.
enum RenderedImageRule: LintRule {
    /// The page is that of the loader's code.
    static let pages: [CodePage] = []

    private static let page = LintCodes.policyPages.first { $0.code == DiagnosticCode.imageNotAllowed.rawValue }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        guard let page else { return }
        for version in catalog.versions {
            for container in version.containers where container.declared["image"] != container.json["image"] {
                guard let image = container.json["image"]?.string,
                    let violation = catalog.catalog.images.violation(of: image)
                else { continue }
                findings.add(
                    page,
                    "the default image '\(Excerpt.cut(image))' \(violation.message)",
                    hint: "give the parameter another default, or none",
                    in: version.document,
                    at: container.pointer.appending("image")
                )
            }
        }
    }
}
