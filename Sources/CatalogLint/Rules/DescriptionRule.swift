import JSON
import SidecarCatalog

/// Every parameter says what it is for.
enum DescriptionRule: LintRule {
    static let pages = [
        CodePage(
            "undescribed-parameter",
            .note,
            "A parameter without a description",
            "`pillion catalog show` and the generated pages are where application teams find out what they may set; a "
                + "name alone is seldom enough.",
            in: .version,
            wrong: """
                parameters:
                  level: {type: string, default: info}
                container:
                  image: registry.acme.example/shipper:1.0.0
                  args: [--level=$(params.level)]
                """,
            right: """
                parameters:
                  level: {type: string, default: info, description: What the shipper says about itself.}
                container:
                  image: registry.acme.example/shipper:1.0.0
                  args: [--level=$(params.level)]
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for parameter in version.version.parameters where parameter.description.isEmpty {
                findings.add(
                    pages[0],
                    "parameter '\(parameter.name)' has no description",
                    hint: "add 'description: …'",
                    in: version.document,
                    at: version.pointer.appending("parameters").appending(parameter.name),
                    isAboutName: true
                )
            }
        }
    }
}
