import Injection
import ManifestInjection
import Manifests

/// Answers the reviews of manifests' pods on standard output, one behind the other.
struct ReviewRun {
    private let options: InjectionOptions

    /// Makes a run.
    init(_ options: InjectionOptions) {
        self.options = options
    }

    /// Answers every pod.
    ///
    /// - Throws: The exit code, as that of `pillion review`.
    func run() throws {
        let reviewer = ManifestReviewer(catalog: try options.catalog.load(), scope: try options.scope)
        let source = ManifestSource(options.manifests.paths)
        var filter = options.selection.filter
        var (isFirst, isDenied, isBroken) = (true, false, false)
        for name in try source.names() {
            let bytes = try source.bytes(named: name)
            let outcomes =
                try reviewer.answer(bytes).map { [$0] }
                ?? reviewer.answers(try ManifestFile(bytes, name: name), chosenBy: &filter)
            for outcome in outcomes {
                if !isFirst { try Console.write("\n") }
                isFirst = false
                try Console.write(outcome.body)
                let record = outcome.record
                Console.note("\(name): \(record.decision): \(record.reason.message) (\(record.reason.code.rawValue))")
                isDenied = isDenied || record.decision == "deny"
                isBroken = isBroken || outcome.kind != .answered
            }
        }
        try ManifestRun.checkChoice(filter)
        guard !isBroken else { throw ExitStatus.failure }
        guard !isDenied else { throw ExitStatus.negative }
    }
}
