import ArgumentParser
import CatalogTesting
import Injection
import JSON
import Manifests
import Reports

/// Tries the golden cases of a catalog.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Try a catalog: what it does to pods against what it should do.",
        discussion: """
            A case is a folder with pod.yaml or workload.yaml, expected.yaml (decision, reason, warnings and the pod that
            results) and, where the cluster matters, options.yaml (namespace, ownNamespace, clusterVersion, date,
            imagePullSecrets, templatePaths). Each injected pod is also given back, as it is and with the API server's
            defaults: both times nothing may be added.
            Exit status: 0 every case holds, 1 one does not, 2 a case or the catalog cannot be read.

            Example:
              pillion test --catalog catalog/ catalog/tests
            """
    )

    /// How the outcome is told.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, junit, json
    }

    @Argument(help: ArgumentHelp("Folders of cases, or cases.", valueName: "folder"))
    var paths: [String]

    @OptionGroup var catalog: CatalogOptions

    @Flag(help: "Write expected.yaml where it is missing or another result comes out.")
    var update = false

    @Option(name: [.short, .customLong("output")], help: "text, junit or json.")
    var output: Format = .text

    func run() throws {
        try Console.run {
            let runner = GoldenRunner(catalog: try catalog.load())
            let report = TestReport(name: "pillion test", suites: try paths.map { try suite($0, runner) })
            let outcomes = report.suites.flatMap(\.cases).map(\.outcome)
            guard !outcomes.isEmpty else {
                throw CommandFailure(
                    "there is no case below \(paths.joined(separator: ", ")): no pod.yaml, no workload.yaml"
                )
            }
            switch output {
            case .text: try Console.write(GoldenText.text(of: report))
            case .junit: try Console.write(report.junit)
            case .json: try Console.write(JSONWriter.pretty(GoldenText.json(of: report)) + [0x0A])
            }
            for outcome in outcomes {
                if case .broken = outcome { throw ExitStatus.failure }
            }
            for outcome in outcomes {
                if case .failed = outcome { throw ExitStatus.negative }
            }
        }
    }

    private func suite(_ path: String, _ runner: GoldenRunner) throws -> TestReport.Suite {
        let finder = GoldenCaseFinder(files: try ManifestSource([path]).names(), below: path)
        let broken = finder.broken.map { name, reason in
            TestReport.Case(name: name, className: path, outcome: .broken(message: reason))
        }
        let cases = finder.cases.map { golden in
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = outcome(of: golden, runner)
            let took = (clock.now - start) / .milliseconds(1)
            return TestReport.Case(name: golden.name, className: path, milliseconds: Int(took), outcome: outcome)
        }
        return TestReport.Suite(name: path, cases: cases + broken)
    }

    private func outcome(of golden: GoldenCase, _ runner: GoldenRunner) -> TestReport.Outcome {
        do {
            let result = try runner.run(
                try documents(golden.input),
                options: try options(golden),
                expected: try golden.expected.map { try documents($0).map(\.value).filter { !$0.isNull } }
            )
            return try settled(result, golden)
        } catch let failure as CommandFailure {
            return .broken(message: failure.message)
        } catch {
            return .broken(message: "\(error)")
        }
    }

    /// The outcome, after what can be written has been written.
    private func settled(_ result: GoldenResult, _ golden: GoldenCase) throws -> TestReport.Outcome {
        var problems = result.problems
        var note = ""
        if update, problems.contains(where: \.isUpdatable) {
            try OutputFile.write(Array(result.record.text.utf8), to: golden.expectedPath, mode: 0o644)
            problems.removeAll(where: \.isUpdatable)
            note = "written: \(golden.expectedPath)"
        }
        guard let first = problems.first else { return .passed(note: note) }
        let details = problems.map { [$0.message, $0.details].filter { !$0.isEmpty }.joined(separator: "\n") }
        return .failed(message: first.message, kind: "golden", details: details.joined(separator: "\n"))
    }

    private func options(_ golden: GoldenCase) throws -> GoldenOptions {
        guard let file = golden.options, let document = try documents(file).first else { return GoldenOptions() }
        return try GoldenOptions(document.value, file: file)
    }

    private func documents(_ file: String) throws -> [ManifestDocument] {
        try ManifestSource([file]).file(named: file).documents
    }
}
