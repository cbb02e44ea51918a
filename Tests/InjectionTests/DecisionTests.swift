import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("The decision's truth table")
struct DecisionTests {
    @Test("each row gives its decision, reason, sidecars and warnings", arguments: rows)
    func row(_ row: DecisionRow) throws {
        let outcome = try row.outcome()
        #expect(outcome.decision.name == row.decision, "\(outcome.decision.reason.message)")
        #expect(outcome.decision.reason.code == row.code, "\(outcome.decision.reason.message)")
        #expect(outcome.injected.map { "\($0.name)@\($0.version)" } == row.added)
        #expect(outcome.warnings.map(\.code) == row.warnings, "\(outcome.warnings.map(\.text))")
    }

    @Test("a second pass over what a row gives adds nothing and denies nothing", arguments: rows)
    func secondPass(_ row: DecisionRow) throws {
        let first = try row.outcome()
        guard first.decision.name == "inject" else { return }
        let environment = PodEnvironment(namespace: row.namespace, date: row.date.flatMap { CalendarDate($0) })
        let second = try PodInjector(catalog: try TestCatalog.policy(row.policy)).decide(first.pod, environment)
        #expect(second.decision.name == "skip", "\(second.decision.reason.message)")
    }

    @Test("warnings are one line of at most 120 characters", arguments: rows)
    func warnings(_ row: DecisionRow) throws {
        for warning in try row.outcome().warnings {
            #expect(warning.text.unicodeScalars.count <= InjectionWarning.maximumLength)
            #expect(!warning.text.hasSuffix("..."), "\(warning.text)")
        }
    }
}
