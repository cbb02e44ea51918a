import AdmissionWebhook
import ArgumentParser
import Injection
import Inspection
import JSON
import ManifestInjection
import Manifests
import SidecarCatalog

/// Says what another catalog does to the pods of manifests and clusters.
struct ImpactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "impact",
        abstract: "Say what a change of the catalog does to pods: who changes, who is denied, what it costs.",
        discussion: """
            Every pod is decided over under both catalogs: those of manifests with their replicas, those of a cluster one
            by one, without the sidecars that they were given. Give manifests or live pods, not both of the same workload.

              pillion impact --old main/catalog --new catalog -f manifests/ -o markdown
              kubectl get pods -A -o json | pillion impact --old main/catalog --new catalog -f -

            Exit status: 0 done, 1 a pod that was admitted is denied, 2 bad input.

            Example:
              pillion impact --old catalog/ --new catalog-next/ -f manifests/ -o markdown
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
            let environment = manifests.environment(engine: engine, date: date)
            let paths = try manifests.templates.paths
            try ObjectInput.forEach(manifests.paths) { item, place in
                guard !item.isDeleted else { return }
                if item.isPod {
                    try look(at: item.value, &impact, environment, place)
                } else {
                    for template in PodTemplates.find(in: item.value, paths: paths) {
                        try look(at: template, of: item.value, &impact, environment, place)
                    }
                }
            }
            if impact.subjects == 0 { Console.note("there is no pod in the input, and no workload that makes pods") }
            Console.note(ImpactText.summary(impact))
            switch output {
            case .table: try Console.write(ImpactText.table(impact))
            case .markdown: try Console.write(ImpactText.markdown(impact))
            case .json: try Console.write(JSONWriter.pretty(ImpactJSON.value(impact)) + [0x0A])
            }
            guard !impact.changes.contains(where: \.isNewlyDenied) else { throw ExitStatus.negative }
        }
    }

    /// Looks at a pod, which belongs to what made it.
    private func look(
        at json: JSONValue,
        _ impact: inout Impact,
        _ environment: PodEnvironment,
        _ place: String
    ) throws {
        guard !LivePod.hasEnded(json) else { return }
        var environment = environment
        if let namespace = json["metadata"]?["namespace"]?.string { environment.namespace = namespace }
        // What a live pod lists is what it got from its service account.
        if LivePod.isLive(json) { environment.pullSecrets = .applied }
        let pod = try Self.pod(json, at: JSONPointer(), place)
        let owner = PodOwner(of: pod, in: environment.namespace)
        impact.look(at: pod, of: "\(owner.kind)/\(owner.name)", in: environment)
    }

    /// Looks at the pods that a workload makes.
    private func look(
        at template: PodTemplate,
        of workload: JSONValue,
        _ impact: inout Impact,
        _ environment: PodEnvironment,
        _ place: String
    ) throws {
        let pod = try Self.pod(workload[template.pointer] ?? .null, at: template.pointer, place)
        let name = template.name ?? "(generated)"
        impact.look(
            at: pod,
            of: "\(template.kind)/\(name)",
            replicas: Replicas.count(of: workload),
            in: environment.forPods(of: template)
        )
    }

    private static func pod(_ json: JSONValue, at pointer: JSONPointer, _ place: String) throws -> Pod {
        do throws(PodError) {
            return try Pod(json: json)
        } catch {
            throw CommandFailure("\(place): \(pointer.appending(error.location)): \(error.reason)")
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
