import ArgumentParser
import JSON
import Reports
import SidecarCatalog

/// Lists the sidecars and bundles of a catalog.
struct CatalogListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the sidecars in start order, and the bundles.",
        discussion: """
            Example:
              pillion catalog list -o json
            """
    )

    @OptionGroup var catalog: CatalogOptions

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output: CatalogCommand.Format = .text

    func run() throws {
        try Console.run {
            let catalog = try catalog.load()
            try Console.write(output == .json ? json(catalog) : text(catalog))
        }
    }

    private func text(_ catalog: Catalog) -> String {
        var rows = [["NAME", "VERSION", "PHASE", "TITLE"]]
        for sidecar in catalog.sidecars {
            let version = sidecar.version(matching: nil)?.version.description ?? "-"
            rows.append([sidecar.name.rawValue, version, sidecar.phase, sidecar.title])
        }
        for (name, members) in catalog.bundles.sorted(by: { $0.key < $1.key }) {
            rows.append([name, "-", "(bundle)", members.map(\.name.rawValue).joined(separator: ", ")])
        }
        return AlignedColumns.text(rows)
    }

    private func json(_ catalog: Catalog) -> String {
        let sidecars = catalog.sidecars.map { sidecar -> JSONValue in
            [
                "name": .string(sidecar.name.rawValue), "title": .string(sidecar.title),
                "phase": .string(sidecar.phase),
                "default": sidecar.version(matching: nil).map { .string($0.version.description) } ?? .null,
                "versions": .array(sidecar.versions.map { .string($0.version.description) }),
            ]
        }
        var bundles = JSONObject()
        for (name, members) in catalog.bundles.sorted(by: { $0.key < $1.key }) {
            bundles[name] = .array(members.map { .string($0.name.rawValue) })
        }
        let value: JSONValue = [
            "name": .string(catalog.name), "hash": .string(catalog.hash), "sidecars": .array(sidecars),
            "bundles": .object(bundles),
        ]
        return String(decoding: JSONWriter.pretty(value), as: UTF8.self) + "\n"
    }
}
