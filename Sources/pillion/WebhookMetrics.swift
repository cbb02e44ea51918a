import AdmissionWebhook
import Observability
import OpenSSL
import ServerCore
import ServerHTTP
import ServerTLS
import Tracing

/// The metrics of the server around the engine.
struct WebhookMetrics: Sendable {
    /// What the HTTP layer counts.
    let http = HTTPCounters()
    /// Handshakes that did not lead to a connection.
    private let handshakeFailures: LabelledFamily<Counter>
    private let registry: MetricRegistry

    /// Registers what is known before the server is made.
    init(registry: MetricRegistry, sink: LogSink, certificates: any CertificateSource) {
        self.registry = registry
        handshakeFailures = registry.counters(
            "pillion_tls_handshake_failures_total",
            help: "Connections that ended before their TLS handshake was complete, by reason.",
            labels: ["reason"]
        )
        ProcessMetrics.register(in: registry, version: Pillion.version)
        Self.observe(registry, "pillion_log_lines_dropped_total", .counter, "Log lines that nobody took in time.") {
            Double(sink.droppedLines)
        }
        Self.observe(
            registry,
            "pillion_tls_certificate_not_after_timestamp_seconds",
            .gauge,
            "The earliest end of validity in the serving chain, in seconds since 1970."
        ) {
            Double(certificates.status.notAfter)
        }
        Self.observe(
            registry,
            "pillion_tls_certificate_last_reload_successful",
            .gauge,
            "Whether the certificate in use is that of the files."
        ) {
            certificates.status.lastReloadSuccessful ? 1 : 0
        }
        registry.observe(
            "pillion_tls_client_crl_next_update_timestamp_seconds",
            help: "When the first of the client revocation lists must have been replaced, in seconds since 1970.",
            kind: .gauge
        ) {
            certificates.status.revocationNextUpdate.map { [MetricSample(Double($0))] } ?? []
        }
    }

    /// Counts a connection that never reached HTTP.
    func countHandshakeFailure(_ error: any Error) {
        handshakeFailures[(error as? OpenSSLError)?.code.label ?? "internal"].increment()
    }

    /// Registers what the server counts.
    func observe(_ server: Server) {
        guard let counters = server.listeners.first?.counters else { return }
        Self.observe(registry, "pillion_connections_active", .gauge, "Connections open now.") {
            Double(counters.active)
        }
        Self.observe(registry, "pillion_connections_accepted_total", .counter, "Connections accepted.") {
            Double(counters.accepted)
        }
        registry.observe(
            "pillion_connections_rejected_total",
            help: "Connections closed at once, by limit.",
            kind: .counter
        ) {
            [
                MetricSample(Double(counters.rejectedOverTotal), labels: [("limit", "total")]),
                MetricSample(Double(counters.rejectedOverSource), labels: [("limit", "source")]),
            ]
        }
        registry.observe("pillion_http_responses_total", help: "HTTP responses by class.", kind: .counter) { [http] in
            (2...5).map { MetricSample(Double(http.responses(hundreds: $0)), labels: [("code", "\($0)xx")]) }
        }
        registry.observe(
            "pillion_http_refusals_total",
            help: "Requests refused before anything looked at their content, by reason.",
            kind: .counter
        ) { [http] in
            HTTPRefusal.Code.allCases.map {
                MetricSample(Double(http.refusals($0)), labels: [("reason", $0.rawValue)])
            }
        }
        Self.observe(registry, "pillion_http_idle_closes_total", .counter, "Connections closed for being idle.") {
            [http] in Double(http.idleCloses)
        }
    }

    /// Registers what becomes of spans.
    func observe(_ exporter: SpanExporter, _ queue: SpanQueue) {
        Self.observe(registry, "pillion_trace_spans_exported_total", .counter, "Spans that the collector has taken.") {
            Double(exporter.counts.exported)
        }
        Self.observe(
            registry,
            "pillion_trace_export_failures_total",
            .counter,
            "Requests to the collector that failed."
        ) {
            Double(exporter.counts.failures)
        }
        registry.observe(
            "pillion_trace_spans_dropped_total",
            help: "Spans that were dropped: the queue was full, or the collector did not take them.",
            kind: .counter
        ) {
            [
                MetricSample(Double(queue.dropped), labels: [("reason", "queue")]),
                MetricSample(Double(exporter.counts.dropped), labels: [("reason", "collector")]),
            ]
        }
    }

    /// Registers the limits in use, and how near they are.
    func observe(_ options: LimitOptions, _ http: HTTPInitializer, _ load: AdmissionLoad) {
        let values = LimitMetrics.values(options, http, load)
        registry.observe("pillion_limit", help: "The limits in use, by name; times in seconds.", kind: .gauge) {
            values.map { MetricSample($0.value, labels: [("name", $0.name)]) }
        }
        let budget = http.budget
        Self.observe(registry, "pillion_http_body_bytes_in_flight", .gauge, "Bytes of request bodies in memory.") {
            Double(budget.inFlight)
        }
        Self.observe(registry, "pillion_admission_queue_length", .gauge, "Reviews over 64 KiB that wait or run.") {
            Double(load.queueLength)
        }
    }

    private static func observe(
        _ registry: MetricRegistry,
        _ name: MetricName,
        _ kind: MetricKind,
        _ help: String,
        _ read: @escaping @Sendable () -> Double
    ) {
        registry.observe(name, help: help, kind: kind) { [MetricSample(read())] }
    }
}
