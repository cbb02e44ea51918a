extension FindingReport {
    /// The report as JUnit XML: a suite a file, a failed case a finding; notes are cases that passed.
    ///
    /// A run without findings is one suite with one case that passed, since an empty report looks like a run that
    /// did not happen.
    public var junit: String {
        var suites: [(name: String, cases: [TestReport.Case])] = []
        for finding in findings {
            let entry = TestReport.Case(
                name: "\(finding.code) at \(finding.line):\(finding.column)",
                className: finding.file,
                outcome: finding.severity == .note
                    ? .passed(note: finding.advice)
                    : .failed(message: finding.message, kind: finding.code, details: details(finding))
            )
            if let index = suites.firstIndex(where: { $0.name == finding.file }) {
                suites[index].cases.append(entry)
            } else {
                suites.append((finding.file, [entry]))
            }
        }
        if suites.isEmpty {
            suites = [(tool.name, [TestReport.Case(name: "no findings", className: tool.name, outcome: .passed())])]
        }
        let report = TestReport(
            name: tool.name,
            suites: suites.map { TestReport.Suite(name: $0.name, cases: $0.cases) }
        )
        return report.junit
    }

    private func details(_ finding: Finding) -> String {
        "\(finding.file):\(finding.line):\(finding.column): \(finding.severity.rawValue): \(finding.advice)"
    }
}
