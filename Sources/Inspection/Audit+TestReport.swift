import Injection
import JSON
package import Reports

extension Audit {
    /// The audit as outcomes of tests: a suite a namespace, a failed case a finding of an owner.
    ///
    /// A clean audit is one case that passed.
    package var testReport: TestReport {
        guard !isClean else {
            let outcome = TestReport.Outcome.passed(note: AuditText.summary(self))
            let only = TestReport.Case(name: "all pods", className: "pillion.audit", outcome: outcome)
            return TestReport(name: "pillion audit", suites: [TestReport.Suite(name: "fleet", cases: [only])])
        }
        let suites = Dictionary(grouping: owners, by: \.owner.namespace).sorted { $0.key < $1.key }
        return TestReport(
            name: "pillion audit",
            suites: suites.map { namespace, owners in
                TestReport.Suite(name: Excerpt.cut(namespace, to: 63), cases: owners.flatMap(Self.cases))
            }
        )
    }

    private static func cases(_ entry: Owner) -> [TestReport.Case] {
        entry.groups.map { group in
            let sidecar = group.finding.sidecar.map { " \($0)" } ?? ""
            let more = group.pods.count > 20 ? ["and \(group.pods.count - 20) more"] : []
            return TestReport.Case(
                name: "\(group.finding.kind.rawValue)\(sidecar)",
                className: "\(entry.owner.namespace).\(entry.owner.kind).\(entry.owner.name)",
                outcome: .failed(
                    message: group.finding.message,
                    kind: group.finding.kind.rawValue,
                    details: (group.pods.prefix(20) + more + [RestartAdvice.line(entry)]).joined(separator: "\n")
                )
            )
        }
    }
}
