/// The reference of everything that the engine says, made of the same sentences.
public enum DecisionReference {
    /// The reason codes and warnings as Markdown.
    public static var markdown: String {
        let reasons = ReasonCode.allCases.map { ($0.rawValue, $0.sentence) }
        let warnings = InjectionWarning.Code.allCases.map { ($0.rawValue, $0.sentence) }
        return """
            # Decisions

            What Pillion says about a pod: every decision has one reason code, and any number of warnings.

            ## Overview

            A code is a metric label, a log field, an audit annotation and what the commands print. It never changes its
            meaning. This page is made of the sentences in `ReasonCode` and `InjectionWarning.Code`.

            ## Reasons

            \(table(reasons))

            ## Warnings

            \(table(warnings))

            """
    }

    private static func table(_ rows: [(code: String, sentence: String)]) -> String {
        let lines = rows.map { "| `\($0.code)` | \($0.sentence) |" }
        return (["| code | meaning |", "|---|---|"] + lines).joined(separator: "\n")
    }
}
