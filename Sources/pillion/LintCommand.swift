import AdmissionWebhook
import ArgumentParser
import CatalogLint
import Reports
import SidecarCatalog

/// Says what is wrong with a catalog, and what is legal and still wrong.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check a catalog: each sidecar, each pair that may meet in a pod, and the whole.",
        discussion: """
            Exit status: 0 no error (with --strict no warning either), 1 findings, 2 the catalog cannot be read.

            A rule is silenced for one document by an annotation with a reason, a line a code:
              lint.pillion.dev/ignore: "missing-startup-probe: the program has no endpoint"

            Example:
              pillion lint --strict -o github catalog/
            """
    )

    /// How findings are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif, github, junit, markdown
    }

    @Argument(help: ArgumentHelp("The catalog: a file or a folder.", valueName: "catalog"), completion: .file())
    var path: String?

    @OptionGroup var catalog: CatalogOptions

    @OptionGroup var date: DateOption

    @Option(
        name: [.short, .customLong("output")],
        help: "text, json, sarif, github or junit; with --list text, json or markdown."
    )
    var output: Format = .text

    @Flag(help: "Count warnings as errors.")
    var strict = false

    @Option(help: ArgumentHelp("Say what a code means, why it matters, and what is right.", valueName: "code"))
    var explain: String?

    @Flag(help: "List all codes.")
    var list = false

    func validate() throws {
        guard list || explain != nil else {
            if output == .markdown { throw ValidationError("-o markdown goes with --list") }
            return
        }
        if list, ![.text, .json, .markdown].contains(output) {
            throw ValidationError("--list takes -o text, json or markdown")
        }
    }

    func run() throws {
        try Console.run {
            if let explain { return try Console.write(LintCodeList.explanation(of: explain)) }
            if list { return try Console.write(LintCodeList.text(output)) }
            try lint(try path ?? catalog.path())
        }
    }

    private func lint(_ path: String) throws {
        let linted = CatalogReport(CatalogReader.read(path), isStrict: strict, today: date.day)
        try Console.write(linted.text(output))
        let silenced = linted.suppressed > 0 ? "; \(linted.suppressed) silenced by annotations" : ""
        Console.note("\(path): \(linted.report.summary)\(silenced)")
        guard !linted.isUnreadable else { throw ExitStatus.failure }
        guard !linted.isNegative else { throw ExitStatus.negative }
    }
}
