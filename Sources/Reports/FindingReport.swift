import JSON

/// The findings of one run, written for people, for other programs and for continuous integration.
///
/// Every notation is a pure function of the findings: the same findings give the same bytes.
public struct FindingReport: Sendable {
    /// The program that found them.
    public let tool: ReportingTool
    /// What the codes mean; those without a finding may stand in it.
    public let rules: [FindingRule]
    /// The findings in the order in which they are shown.
    public let findings: [Finding]
    /// How many more there were.
    public let dropped: Int

    /// Makes a report.
    public init(tool: ReportingTool, rules: [FindingRule] = [], findings: [Finding], dropped: Int = 0) {
        self.tool = tool
        self.rules = rules
        self.findings = findings
        self.dropped = dropped
    }

    /// How many findings are of `severity`.
    public func count(of severity: Finding.Severity) -> Int {
        findings.count { $0.severity == severity }
    }

    /// The numbers in words: `1 error, 2 warnings, 0 notes`, and how many were left out.
    public var summary: String {
        let parts = Finding.Severity.allCases.map { severity in
            let count = count(of: severity)
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return parts.joined(separator: ", ") + (dropped > 0 ? " and \(dropped) more findings" : "")
    }

    /// An array with one object a finding, ended by a line feed.
    public var json: String {
        let values = findings.map { finding -> JSONValue in
            [
                "severity": .string(finding.severity.rawValue), "code": .string(finding.code),
                "message": .string(finding.message), "hint": .string(finding.hint), "file": .string(finding.file),
                "line": .integer(finding.line), "column": .integer(finding.column), "path": .string(finding.path),
            ]
        }
        return String(decoding: JSONWriter.pretty(.array(values)), as: UTF8.self) + "\n"
    }
}
