import ArgumentParser
import JSON

/// Injects manifests: the engine of the webhook, on files.
struct InjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Add the sidecars that manifests ask for.",
        discussion: """
            In YAML and in JSON only the changed places of a text are edited; everything else comes through byte for byte.
            When a pod is denied, the reason goes to standard error and nothing is written.
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
        /// The changes of the text, as `pillion diff` shows them.
        case diff
    }

    @OptionGroup var options: InjectionOptions

    @Option(
        name: [.short, .customLong("output")],
        help: "yaml, json, patch or diff. Default: each file in its own notation."
    )
    var output: Format?

    @Flag(help: "Change the files instead of writing to standard output.")
    var inPlace = false

    func validate() throws {
        guard !inPlace || output == nil else { throw ValidationError("--in-place and --output exclude each other") }
    }

    func run() throws {
        try Console.run {
            let files = try options.files()
            guard !files.contains(where: \.isDenied) else { throw ExitStatus.negative }
            guard !inPlace else { return try InjectedFile.replace(files) }
            try write(files)
        }
    }

    private func write(_ files: [InjectedFile]) throws {
        switch output {
        case nil, .yaml: try InjectedFile.write(files, asYAML: output == .yaml)
        case .json: try InjectedFile.writeJSON(files)
        case .patch: try Console.write(JSONWriter.pretty(patches(files)) + [0x0A])
        case .diff: try Console.write(files.map { $0.diff(label: "injected") }.joined())
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
