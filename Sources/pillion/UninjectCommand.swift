import ArgumentParser
import Injection
import ManifestInjection
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

            Example:
              pillion uninject -f injected.yaml
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
    @OptionGroup var selection: SelectionOptions

    func validate() throws {
        guard !inPlace || output == nil else { throw ValidationError("--in-place and --output exclude each other") }
    }

    func run() throws {
        try Console.run {
            if inPlace { try InjectedFile.checkPlaces(paths) }
            let remover = ManifestRemover(remover: SidecarRemover(domain: domain), templates: try templates.paths)
            var writer = InjectedFileWriter(format)
            var filter = selection.filter
            let run = ManifestRun(paths)
            let isRefused = try run.forEachFile({ try remover.remove(from: $0, chosenBy: &filter) }) { file in
                if inPlace { try file.replace() } else { try writer.write(file) }
            }
            try ManifestRun.checkChoice(filter)
            guard !isRefused else { throw ExitStatus.negative }
        }
    }

    private var format: InjectedFileWriter.Format {
        switch output {
        case nil: .text
        case .yaml: .yaml
        case .json: .json
        case .diff: .diff(label: "uninjected")
        }
    }
}
