import JSON

/// The results of a run, for people and for programs.
public struct CheckReport: Sendable {
    /// The page of the documentation with a section for each code.
    public static let page = "Check.md"

    /// The results in the order in which they are shown.
    public let results: [CheckResult]

    /// Makes a report.
    public init(_ results: [CheckResult]) {
        let order = CheckCode.allCases
        self.results = order.flatMap { code in results.filter { $0.code == code } }
    }

    /// Whether something does not work.
    public var hasFailures: Bool { results.contains { $0.outcome == .failed } }

    /// The numbers in words.
    public var summary: String {
        func count(_ outcome: CheckResult.Outcome) -> Int { results.count { $0.outcome == outcome } }
        return
            "\(count(.passed)) passed, \(count(.warned)) warned, \(count(.failed)) failed, \(count(.skipped)) skipped"
    }

    /// Headings and marks, with what to do below what is not well.
    ///
    /// - Parameter isColored: Whether the reader is a terminal that wants colours.
    /// - Returns: The text, ended by a line feed.
    public func text(isColored: Bool) -> String {
        var lines: [String] = []
        var group = ""
        for result in results {
            if result.code.group != group {
                group = result.code.group
                lines += (lines.isEmpty ? [] : [""]) + [group, String(repeating: "-", count: group.count)]
            }
            let subject = result.subject.isEmpty ? "" : " (\(result.subject))"
            lines.append("\(Self.mark(result.outcome, isColored)) \(result.code.title)\(subject)")
            guard result.outcome != .passed else { continue }
            lines.append("    \(result.detail)")
            if !result.hint.isEmpty { lines.append("    \(result.hint)") }
            if result.outcome != .skipped { lines.append("    see \(Self.page)#\(result.code.rawValue)") }
        }
        let verdict = Self.mark(hasFailures ? .failed : .passed, isColored)
        return (lines + ["", "Status check results are \(verdict) (\(summary))", ""]).joined(separator: "\n")
    }

    /// An object with all results, ended by a line feed.
    public var json: String {
        let values = results.map { result -> JSONValue in
            [
                "code": .string(result.code.rawValue), "group": .string(result.code.group),
                "title": .string(result.code.title), "outcome": .string(result.outcome.rawValue),
                "subject": .string(result.subject), "detail": .string(result.detail), "hint": .string(result.hint),
                "docs": .string("\(Self.page)#\(result.code.rawValue)"),
            ]
        }
        let report: JSONValue = ["success": .bool(!hasFailures), "checks": .array(values)]
        return String(decoding: JSONWriter.pretty(report), as: UTF8.self) + "\n"
    }

    private static func mark(_ outcome: CheckResult.Outcome, _ isColored: Bool) -> String {
        let (mark, color) =
            switch outcome {
            case .passed: ("√", "32")
            case .warned: ("‼", "33")
            case .failed: ("×", "31")
            case .skipped: ("-", "2")
            }
        return isColored ? "\u{1B}[\(color)m\(mark)\u{1B}[0m" : mark
    }
}
