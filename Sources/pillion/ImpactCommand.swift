import AdmissionWebhook
import ArgumentParser
import Inspection
import JSON
import Manifests
import SidecarCatalog

/// Says what another catalog does to the pods of manifests.
struct ImpactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "impact",
        abstract: "Say what a change of the catalog does to pods: who changes, who is denied, what it costs.",
        discussion: """
            Every pod is decided over under both catalogs. Costs are what the sidecars' own containers request, with one
            pod of each workload counted.
            Exit status: 0 done, 1 a pod that was admitted is denied, 2 bad input.
            """
    )

    /// What is written to standard output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, markdown
    }

    @Option(help: ArgumentHelp("The catalog that is in use: a file or a folder.", valueName: "path"))
    var old: String

    @Option(help: ArgumentHelp("The catalog that is to be: a file or a folder.", valueName: "path"))
    var new: String

    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption
    @OptionGroup var manifests: ManifestOptions

    @Option(name: [.short, .customLong("output")], help: "table, json or markdown.")
    var output: Format = .table

    func run() throws {
        try Console.run {
            var impact = Impact(old: try Self.load(old), new: try Self.load(new))
            try manifests.forEachPod(engine: engine, date: date) { workload, pod, environment in
                let name = "\(workload.template.kind)/\(workload.template.name ?? "(generated)")"
                impact.look(at: pod, of: name, in: environment)
            }
            Console.note(ImpactText.summary(impact))
            switch output {
            case .table: try Console.write(ImpactText.table(impact))
            case .markdown: try Console.write(ImpactText.markdown(impact))
            case .json: try Console.write(JSONWriter.pretty(ImpactText.json(impact)) + [0x0A])
            }
            guard !impact.changes.contains(where: \.isNewlyDenied) else { throw ExitStatus.negative }
        }
    }

    private static func load(_ path: String) throws -> Catalog {
        let reading = CatalogReader.read(path)
        guard let catalog = reading.catalog else {
            throw CommandFailure("the catalog \(path) cannot be used\n\(reading.problems)")
        }
        return catalog
    }
}
