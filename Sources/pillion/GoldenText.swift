import JSON
import Reports

/// The outcome of golden cases for people and for programs.
enum GoldenText {
    /// A line for each case, what is wrong below it, and a closing line.
    static func text(of report: TestReport) -> String {
        var text = ""
        var (passed, failed) = (0, 0)
        for entry in report.suites.flatMap(\.cases) {
            let result = describe(entry.outcome)
            if case .passed = entry.outcome { passed += 1 } else { failed += 1 }
            text += "\(result.word) \(entry.name)"
            text += result.message.isEmpty ? "\n" : ": \(result.message)\n"
            guard !result.details.isEmpty else { continue }
            let lines = result.details.split(separator: "\n", omittingEmptySubsequences: false)
            text += lines.map { "    \($0)\n" }.joined()
        }
        return text + "\(passed) passed, \(failed) failed\n"
    }

    /// An object for each case.
    static func json(of report: TestReport) -> JSONValue {
        .array(
            report.suites.flatMap(\.cases).map { entry in
                let result = describe(entry.outcome)
                return [
                    "name": .string(entry.name), "folder": .string(entry.className), "outcome": .string(result.outcome),
                    "message": .string(result.message), "details": .string(result.details),
                    "milliseconds": .integer(entry.milliseconds ?? 0),
                ]
            }
        )
    }

    private struct Description {
        let word: String
        let outcome: String
        let message: String
        var details = ""
    }

    private static func describe(_ outcome: TestReport.Outcome) -> Description {
        switch outcome {
        case .passed(let note): Description(word: "ok    ", outcome: "passed", message: note)
        case .failed(let message, _, let details):
            Description(
                word: "FAIL  ",
                outcome: "failed",
                message: message,
                details: String(details.drop { $0 == "\n" }).dropping(suffix: "\n")
            )
        case .broken(let message): Description(word: "BROKEN", outcome: "broken", message: message)
        case .skipped(let reason): Description(word: "skip  ", outcome: "skipped", message: reason)
        }
    }
}

extension String {
    fileprivate func dropping(suffix: Character) -> String {
        last == suffix ? String(dropLast()) : self
    }
}
