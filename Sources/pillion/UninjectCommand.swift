import ArgumentParser
import Injection
import Manifests

/// Takes injected sidecars out of manifests.
struct UninjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninject",
        abstract: "Take the sidecars out that `pillion inject` has added: its exact inverse, in text as well.",
        discussion: """
            What was added stands in the status annotation; no catalog is needed. A pod whose status does not match is \
            left as it is, with the reason on standard error.
            Exit status: 0 done, 1 a pod does not match its status, 2 bad input.
            """
    )

    /// What is written to standard output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case yaml, json, diff
    }

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        help: ArgumentHelp("A file, a folder or - for standard input; may be repeated.", valueName: "path")
    )
    var paths: [String]

    @Option(help: ArgumentHelp("The domain of the annotations.", valueName: "domain"))
    var domain = "pillion.dev"

    @Option(
        name: [.short, .customLong("output")],
        help: "yaml, json or diff. Default: each file in its own notation."
    )
    var output: Format?

    @Flag(help: "Change the files instead of writing to standard output.")
    var inPlace = false

    @OptionGroup var templates: TemplatePathOptions

    func validate() throws {
        guard !inPlace || output == nil else { throw ValidationError("--in-place and --output exclude each other") }
    }

    func run() throws {
        try Console.run {
            let remover = ManifestRemover(
                remover: SidecarRemover(domain: domain),
                templates: try templates.paths
            )
            let source = ManifestSource(paths)
            var files: [InjectedFile] = []
            for name in try source.names() {
                files.append(try remover.remove(from: try source.file(named: name)))
            }
            for line in files.flatMap(\.report) { Console.note(line) }
            try write(files)
            // What matches is written all the same: a mismatch of one pod says nothing about the others.
            if files.contains(where: \.isDenied) { throw ExitStatus.negative }
        }
    }

    private func write(_ files: [InjectedFile]) throws {
        guard !inPlace else { return try InjectedFile.replace(files) }
        switch output {
        case nil, .yaml: try InjectedFile.write(files, asYAML: output == .yaml)
        case .json: try InjectedFile.writeJSON(files)
        case .diff: try Console.write(files.map { $0.diff(label: "uninjected") }.joined())
        }
    }
}
