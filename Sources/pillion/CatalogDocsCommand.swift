import ArgumentParser
import SidecarCatalog

/// Writes a Markdown page a sidecar, for a platform team's own documentation.
struct CatalogDocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Write a Markdown page for each sidecar, with annotations to paste and a table of parameters.",
        discussion: """
            Example:
              pillion catalog docs --directory docs/sidecars
            """
    )

    @OptionGroup var catalog: CatalogOptions

    @Option(
        help: ArgumentHelp(
            "The folder to write to; without it everything goes to standard output.",
            valueName: "folder"
        )
    )
    var output: String?

    func run() throws {
        try Console.run {
            let catalog = try catalog.load()
            let pages = catalog.sidecars.compactMap { sidecar -> SidecarPage? in
                guard let version = sidecar.version(matching: nil) ?? sidecar.versions.last else { return nil }
                return SidecarPage(sidecar: sidecar, version: version, domain: catalog.annotationDomain)
            }
            guard let output else {
                return try Console.write(pages.map(\.markdown).joined(separator: "\n"))
            }
            try OutputFile.makeFolder(output)
            for page in pages {
                try OutputFile.write(Array(page.markdown.utf8), to: "\(output)/\(page.sidecar.name).md", mode: 0o644)
            }
            try OutputFile.write(Array(index(catalog).utf8), to: "\(output)/index.md", mode: 0o644)
            Console.note("\(pages.count + 1) pages in \(output)")
        }
    }

    private func index(_ catalog: Catalog) -> String {
        var lines = ["# Sidecars", "", "| sidecar | version | phase | what it is |", "|---|---|---|---|"]
        for sidecar in catalog.sidecars {
            let version = sidecar.version(matching: nil)?.version.description ?? "-"
            let title = MarkdownText.cell(sidecar.title)
            lines.append("| [\(sidecar.name)](\(sidecar.name).md) | \(version) | \(sidecar.phase) | \(title) |")
        }
        if !catalog.bundles.isEmpty { lines += ["", "| bundle | sidecars |", "|---|---|"] }
        for (name, members) in catalog.bundles.sorted(by: { $0.key < $1.key }) {
            let names = members.map { "[\($0.name)](\($0.name).md)" }
            lines.append("| \(name) | \(names.joined(separator: ", ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
