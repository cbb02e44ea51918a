import ArgumentParser
import Injection

/// Replays a saved AdmissionReview: prints the bytes that the server would answer.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Answer a saved AdmissionReview with the server's own bytes.",
        discussion: """
            Exit status: 0 allowed, 1 denied, 2 the review cannot be answered.

            Example:
              pillion review -f review.json
            """
    )

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption

    @Option(
        name: [.short, .customLong("filename")],
        help: ArgumentHelp("The AdmissionReview as JSON; - is standard input.", valueName: "file")
    )
    var file: String

    func run() throws {
        try Console.run {
            let reviewer = AdmissionReviewer(catalog: try catalog.load(), settings: engine.settings)
            let bytes = try InputFile.read(file)
            let outcome = reviewer.review(bytes, on: date.day)
            try Console.write(outcome.body)
            Console.note(
                "\(outcome.record.decision): \(outcome.record.reason.message) (\(outcome.record.reason.code.rawValue))"
            )
            switch (outcome.kind, outcome.record.decision) {
            case (.answered, "deny"): throw ExitStatus.negative
            case (.answered, _): break
            default: throw ExitStatus.failure
            }
        }
    }
}
