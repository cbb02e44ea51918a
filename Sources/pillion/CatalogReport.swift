import AdmissionWebhook
import CatalogLint
import JSON
import Manifests
import Reports
import SidecarCatalog

/// The findings of a catalog that was read, ready to be shown.
struct CatalogReport {
    /// The findings.
    let report: FindingReport
    /// How many findings annotations silence.
    let suppressed: Int
    /// Whether the files could not be read at all.
    let isUnreadable: Bool
    /// Whether the answer is no.
    let isNegative: Bool
    private let texts: [String: [UInt8]]

    /// Lints a catalog.
    ///
    /// - Parameters:
    ///   - reading: What was read.
    ///   - isStrict: Whether warnings count as errors.
    ///   - today: The day on which versions are current or not.
    init(_ reading: CatalogReader.Reading, isStrict: Bool, today: CalendarDate?) {
        let result = CatalogLinter.lint(
            reading.documents,
            catalog: reading.catalog,
            loaded: reading.diagnostics,
            today: today
        )
        var findings = result.findings.map { finding in
            Finding(
                severity: Self.severity(finding.severity, isStrict),
                code: finding.code,
                message: finding.message,
                hint: finding.hint,
                file: finding.file,
                line: finding.position.line,
                column: finding.position.column,
                path: finding.pointer.description
            )
        }
        if let error = reading.error { findings.append(Self.finding(error)) }
        report = FindingReport(
            tool: ReportingTool(name: "pillion lint", version: Pillion.version),
            rules: LintCodes.pages.map { page in
                FindingRule(
                    code: page.code,
                    severity: Self.severity(page.severity, false),
                    title: page.title,
                    explanation: page.explanation
                )
            },
            findings: findings,
            dropped: result.dropped
        )
        suppressed = result.suppressed
        isUnreadable = reading.error != nil
        let worst = result.worst.map { Self.severity($0, isStrict) }
        isNegative = worst == .error || reading.catalog == nil
        texts = reading.texts
    }

    /// The report in a notation.
    func text(_ format: LintCommand.Format) -> String {
        switch format {
        case .json: report.json
        case .sarif: report.sarif
        case .github: report.github
        case .junit: report.junit
        case .text, .markdown:
            report.text(
                sources: texts.mapValues { SourceText($0) },
                style: TextStyle(isColored: Console.isColored)
            )
        }
    }

    private static func severity(_ severity: Diagnostic.Severity, _ isStrict: Bool) -> Finding.Severity {
        switch severity {
        case .error: .error
        case .warning: isStrict ? .error : .warning
        case .note: .note
        }
    }

    /// What kept the files from being read, as a finding like any other.
    private static func finding(_ error: ManifestError) -> Finding {
        Finding(
            severity: .error,
            code: LintCodes.unreadable.code,
            message: error.reason,
            file: error.location.file,
            line: error.location.position?.line ?? 1,
            column: error.location.position?.column ?? 1
        )
    }
}
