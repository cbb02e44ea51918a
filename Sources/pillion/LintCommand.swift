import AdmissionWebhook
import ArgumentParser
import JSON
import Manifests
import SidecarCatalog

/// Says everything that the loader finds in a catalog.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check a catalog: every finding with its place, what is allowed and what to do.",
        discussion: "Exit status: 0 nothing to report, 1 errors (with --strict also warnings), 2 it cannot be read."
    )

    /// How findings are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: ArgumentHelp("The catalog: a file or a folder.", valueName: "catalog"))
    var path: String?

    @OptionGroup var catalog: CatalogOptions

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output: Format = .text

    @Flag(help: "Count warnings as errors.")
    var strict = false

    func run() throws {
        try Console.run {
            let path = try path ?? catalog.path()
            let reading = CatalogReader.read(path)
            if let error = reading.error { throw CommandFailure(error.description) }
            try Console.write(output == .json ? json(reading) : text(reading))
            let errors = reading.diagnostics.count(of: .error)
            let warnings = reading.diagnostics.count(of: .warning)
            Console.note("\(path): \(errors) errors, \(warnings) warnings")
            guard errors == 0, reading.catalog != nil, !strict || warnings == 0 else { throw ExitStatus.negative }
        }
    }

    private func text(_ reading: CatalogReader.Reading) -> String {
        reading.diagnostics.map { "\($0)\n" }.joined()
    }

    private func json(_ reading: CatalogReader.Reading) -> String {
        let findings = reading.diagnostics.map { finding -> JSONValue in
            [
                "severity": .string(finding.severity.rawValue), "code": .string(finding.code.rawValue),
                "message": .string(finding.message), "hint": .string(finding.hint), "file": .string(finding.file),
                "line": .integer(finding.position.line), "column": .integer(finding.position.column),
                "path": .string(finding.pointer.description),
            ]
        }
        return String(decoding: JSONWriter.pretty(.array(findings)), as: UTF8.self) + "\n"
    }
}
