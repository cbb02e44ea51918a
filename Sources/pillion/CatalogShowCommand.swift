import ArgumentParser
import JSON
import SidecarCatalog

/// Shows one sidecar: what it is, its versions and parameters, and annotations to paste.
struct CatalogShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a sidecar with its parameters and an example to paste.",
        discussion: """
            Example:
              pillion catalog show log-shipper
            """
    )

    @OptionGroup var catalog: CatalogOptions

    @Argument(help: "The sidecar, or sidecar@version.", completion: SidecarCompletion.names)
    var name: String

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output: CatalogCommand.Format = .text

    func run() throws {
        try Console.run {
            let catalog = try catalog.load()
            let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
            let names = catalog.sidecars.map(\.name.rawValue)
            guard let first = parts.first, let sidecar = SidecarName(first).flatMap({ catalog.sidecar($0) }) else {
                let nearest = NearestName.nearest(to: parts.first ?? "", among: names).map { "; did you mean \($0)?" }
                throw CommandFailure(
                    "the catalog has no sidecar '\(name)'\(nearest ?? "; it has: \(names.joined(separator: ", "))")"
                )
            }
            let selector = parts.count > 1 ? VersionSelector(parts[1]) : nil
            guard parts.count == 1 || selector != nil, let version = sidecar.version(matching: selector) else {
                let versions = sidecar.versions.map(\.version.description).joined(separator: ", ")
                throw CommandFailure("\(sidecar.name) has no version '\(parts.last ?? "")'; it has: \(versions)")
            }
            let page = SidecarPage(sidecar: sidecar, version: version, domain: catalog.annotationDomain)
            try Console.write(output == .json ? page.json : page.text)
        }
    }
}
