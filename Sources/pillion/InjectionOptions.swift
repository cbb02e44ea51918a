import ArgumentParser
import Injection
import Manifests

/// What is injected, and as what: the same for every command that injects files.
struct InjectionOptions: ParsableArguments {
    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        help: ArgumentHelp("A file, a folder or - for standard input; may be repeated.", valueName: "path")
    )
    var paths: [String]

    @Option(name: [.short, .long], help: ArgumentHelp("The namespace of manifests that name none.", valueName: "name"))
    var namespace: String = "default"

    @Option(help: ArgumentHelp("A pull secret of the service account; may be repeated.", valueName: "name"))
    var imagePullSecret: [String] = []

    @OptionGroup var templates: TemplatePathOptions

    /// Every file with its sidecars; what happened to each pod goes to standard error.
    func files() throws -> [InjectedFile] {
        let injector = ManifestInjector(
            injector: PodInjector(catalog: try catalog.load()),
            environment: environment,
            templates: try templates.paths
        )
        let source = ManifestSource(paths)
        var files: [InjectedFile] = []
        for name in try source.names() {
            files.append(try injector.inject(try source.file(named: name)))
        }
        for line in files.flatMap(\.report) { Console.note(line) }
        return files
    }

    private var environment: PodEnvironment {
        PodEnvironment(
            namespace: namespace,
            ownNamespace: engine.ownNamespace,
            clusterVersion: engine.clusterVersion,
            pullSecrets: imagePullSecret.isEmpty ? .unknown : .known(imagePullSecret),
            date: date.day
        )
    }
}
