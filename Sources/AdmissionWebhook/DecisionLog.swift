import Injection
import Logging
public import Observability
import Tracing

/// Writes one line a decision: who, what, why; never a part of the pod that may hold a secret.
public struct DecisionLog: Sendable {
    private let log: FieldLog

    /// Makes a log.
    public init(_ log: FieldLog) {
        self.log = log
    }

    /// Writes the line of a decision.
    func write(_ record: DecisionRecord, of call: AdmissionCall, after time: Duration) {
        guard log.writes(.info) else { return }
        let (seconds, attoseconds) = time.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        var fields = [
            (key: "uid", value: record.uid), (key: "webhook", value: call.path.rawValue),
            (key: "decision", value: record.decision),
            (key: "reason", value: record.reason.code.rawValue), (key: "duration_us", value: String(microseconds)),
        ]
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { fields.append((key, value)) }
        }
        add("namespace", record.namespace)
        add("pod", record.pod)
        add("owner", record.owner)
        add("sidecars", record.sidecars)
        let rules = record.injected.compactMap { sidecar in sidecar.rule.map { "\(sidecar.name):\($0)" } }
        add("rules", rules.joined(separator: ","))
        add("warnings", record.warnings.map(\.rawValue).joined(separator: ","))
        if record.decision != "inject" { add("detail", record.reason.message) }
        if record.isDryRun { add("dry_run", "true") }
        if let trace = call.trace { add("trace_id", trace.text) }
        if let span = call.span { add("span_id", span.identifier.text) }
        log.info("admission", fields)
    }
}
