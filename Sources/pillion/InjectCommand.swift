import ArgumentParser
import Injection
import JSON
import Manifests

/// Injects manifests: the engine of the webhook, on files.
struct InjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Add the sidecars that manifests ask for.",
        discussion: """
            Documents without a pod that asks for something come through byte for byte. When a pod is denied, the reason
            goes to standard error and nothing to standard output.
            Exit status: 0 done, 1 a pod is denied, 2 bad input.
            """
    )

    /// What is written to standard output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// Every document as YAML; those in YAML that do not change, as they came.
        case yaml
        /// Every document as JSON.
        case json
        /// The changes as JSON Patch (RFC 6902): of one document its operations, of several a list with their places.
        case patch
    }

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        help: ArgumentHelp("A file, a folder or - for standard input; may be repeated.", valueName: "path")
    )
    var paths: [String]

    @Option(
        name: [.short, .customLong("output")],
        help: "yaml, json or patch. Default: each file in its own notation."
    )
    var output: Format?

    @Option(name: [.short, .long], help: ArgumentHelp("The namespace of manifests that name none.", valueName: "name"))
    var namespace: String = "default"

    @Option(help: ArgumentHelp("A pull secret of the service account; may be repeated.", valueName: "name"))
    var imagePullSecret: [String] = []

    @Option(
        help: ArgumentHelp(
            "Where another kind holds its pod, for example Rollout.argoproj.io=/spec/template; may be repeated.",
            valueName: "kind=pointer"
        )
    )
    var templatePath: [String] = []

    func run() throws {
        try Console.run {
            let injector = ManifestInjector(
                injector: PodInjector(catalog: try catalog.load()),
                environment: environment,
                templates: try templates
            )
            let source = ManifestSource(paths)
            var files: [InjectedFile] = []
            for name in try source.names() {
                files.append(try injector.inject(try source.file(named: name)))
            }
            for line in files.flatMap(\.report) { Console.note(line) }
            guard !files.contains(where: \.isDenied) else { throw ExitStatus.negative }
            try write(files)
        }
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

    private var templates: PodTemplatePaths {
        get throws {
            var paths = PodTemplatePaths.kubernetes
            for declaration in templatePath where !paths.declare(declaration) {
                throw CommandFailure("'\(declaration)' is not of the form Rollout.argoproj.io=/spec/template")
            }
            return paths
        }
    }

    private func write(_ files: [InjectedFile]) throws {
        switch output {
        case nil, .yaml:
            for (index, file) in files.enumerated() {
                let text = output == .yaml ? file.yaml : file.text
                if index > 0 { try Console.write(InjectedFile.separator(before: text)) }
                try Console.write(text)
            }
        case .json:
            for value in files.flatMap(\.values) where !value.isNull {
                try Console.write(JSONWriter.pretty(value) + [0x0A])
            }
        case .patch:
            try Console.write(JSONWriter.pretty(patches(files)) + [0x0A])
        }
    }

    private func patches(_ files: [InjectedFile]) -> JSONValue {
        let documents = files.flatMap { file in file.patches.map { (file.name, $0) } }
        if documents.count == 1, let only = documents.first { return only.1.patch.json }
        return .array(
            documents.map { name, document in
                ["file": .string(name), "document": .integer(document.index), "patch": document.patch.json]
            }
        )
    }
}
