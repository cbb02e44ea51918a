import Injection
import Tracing

/// One call of the API server from its arrival to its answer.
struct AdmissionCall: Sendable {
    /// Which webhook is asked.
    let path: AdmissionPath
    /// When the request was there in full.
    let start: ContinuousClock.Instant
    /// The place in the caller's trace, where it has one.
    let context: TraceContext?
    /// The span that is recorded, where it is.
    let span: Tracer.Begun?

    /// The trace that the log names.
    var trace: TraceIdentifier? { span?.trace ?? context?.trace }

    /// The facts of an answer for a span, by the names of OpenTelemetry's conventions where there is one.
    func attributes(_ record: DecisionRecord, status: UInt) -> [(name: String, value: Span.Value)] {
        let sidecars = record.injected.map { "\($0.name)@\($0.version)" }.joined(separator: ",")
        let facts: [(name: String, value: Span.Value)] = [
            ("http.request.method", .text("POST")), ("url.path", .text("/\(path.rawValue)")),
            ("http.response.status_code", .number(Int64(status))), ("k8s.namespace.name", .text(record.namespace)),
            ("pillion.uid", .text(record.uid)), ("pillion.decision", .text(record.decision)),
            ("pillion.reason", .text(record.reason.code.rawValue)), ("pillion.sidecars", .text(sidecars)),
        ]
        return facts.filter { $0.value != .text("") }
    }
}
