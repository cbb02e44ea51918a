import ArgumentParser
import Injection
import JSON
import ManifestInjection
import Manifests

/// Injects manifests: the engine of the webhook, on files.
struct InjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Add the sidecars that manifests ask for.",
        discussion: """
            In YAML and in JSON only the changed places of a text are edited; everything else comes through byte for byte.
            A folder is read with its subfolders, in the order of names: .yaml, .yml and .json files, no hidden ones.
            Files are written one by one, as they are read. One in which a pod is denied is left out, with the reason on
            standard error; of a KRM function's ResourceList, the results say so.
            Exit status: 0 done, 1 a pod is denied, 2 bad input.

            Example:
              helm template shop charts/shop | pillion inject -f -
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
        /// The webhook's answer to each pod, as `pillion review` gives it.
        case review
        /// The changes of the text, as `pillion diff` shows them.
        case diff
    }

    @OptionGroup var options: InjectionOptions

    @Option(
        name: [.short, .customLong("output")],
        help: "yaml, json, patch, review or diff. Default: each file in its own notation."
    )
    var output: Format?

    @Flag(help: "Change the files instead of writing to standard output.")
    var inPlace = false

    func validate() throws {
        guard !inPlace || output == nil else { throw ValidationError("--in-place and --output exclude each other") }
    }

    func run() throws {
        try Console.run {
            guard output != .review else { return try ReviewRun(options).run() }
            if inPlace { try InjectedFile.checkPlaces(options.manifests.paths) }
            var writer = InjectedFileWriter(format)
            let isDenied = try options.forEachFile { file in
                if inPlace { try file.replace() } else { try writer.write(file) }
            }
            if !inPlace, !isDenied { try writer.finish() }
            guard !isDenied else { throw ExitStatus.negative }
        }
    }

    private var format: InjectedFileWriter.Format {
        switch output {
        case nil, .review: .text
        case .yaml: .yaml
        case .json: .json
        case .patch: .patch
        case .diff: .diff(label: "injected")
        }
    }
}
