import NIOCore
import Observability
import OpenSSL
import ProxyConfiguration
import ServerCore
import Synchronization
import Tracing

/// The metrics of a proxy under the names that Envoy's users know, summed over the loops when they are scraped.
final class ProxyMetrics: Sendable {
    private let registry = MetricRegistry()

    init(server: ProxyServer) {
        ProcessMetrics.register(in: registry, version: server.settings.version)
        let started = server.started
        registry.observe("envoy_server_live", help: "Whether the proxy takes new work.", kind: .gauge) {
            [weak server] in
            [MetricSample(server?.state.isReady == true ? 1 : 0)]
        }
        registry.observe("envoy_server_uptime", help: "Seconds since the start.", kind: .gauge) {
            [MetricSample(Double((NIODeadline.now() - started).nanoseconds / 1_000_000_000))]
        }
        let concurrency = server.settings.concurrency
        registry.observe("envoy_server_concurrency", help: "Event loops that carry traffic.", kind: .gauge) {
            [MetricSample(Double(concurrency))]
        }
        registerDownstream(server.tables.downstream)
        registerUpstream(server.tables.clusters)
        registerReloads(server)
        registerTraces(server)
    }

    /// All metrics in the Prometheus text format.
    func exposition() -> [UInt8] { registry.exposition() }

    private func registerReloads(_ server: ProxyServer) {
        let reloads = server.reloads
        registry.observe("pillion_proxy_config_reloads_total", help: "Configurations taken or refused.", kind: .counter)
        {
            [
                MetricSample(Double(reloads.configurations.load(ordering: .relaxed)), labels: [("result", "taken")]),
                MetricSample(
                    Double(reloads.configurationFailures.load(ordering: .relaxed)),
                    labels: [("result", "refused")]
                ),
            ]
        }
        registry.observe("pillion_proxy_cert_reloads_total", help: "Certificates taken or refused.", kind: .counter) {
            [
                MetricSample(Double(reloads.certificates.load(ordering: .relaxed)), labels: [("result", "taken")]),
                MetricSample(
                    Double(reloads.certificateFailures.load(ordering: .relaxed)),
                    labels: [("result", "refused")]
                ),
            ]
        }
        registry.observe(
            "envoy_server_days_until_first_cert_expiring",
            help: "Whole days until the first certificate in use ends.",
            kind: .gauge
        ) { [weak server] in
            let ends = server?.snapshot.credentials.compactMap { $0.chain?.notAfter } ?? []
            guard let first = ends.min() else { return [] }
            return [MetricSample(Double(max(0, (first - Int64(HTTPDate.now())) / 86_400)))]
        }
        let sinks = server.tables.sinks
        registry.observe("pillion_proxy_access_log_dropped_total", help: "Access log lines lost.", kind: .counter) {
            [MetricSample(Double(sinks.droppedLines))]
        }
    }

    private func registerTraces(_ server: ProxyServer) {
        let exporters = server.exporters
        let queues = server.tables.spans
        registry.observe("pillion_trace_spans_exported_total", help: "Spans that collectors took.", kind: .counter) {
            [MetricSample(Double(exporters.counts.exported))]
        }
        registry.observe(
            "pillion_trace_export_failures_total",
            help: "Requests to collectors that failed.",
            kind: .counter
        ) {
            [MetricSample(Double(exporters.counts.failures))]
        }
        registry.observe("pillion_trace_spans_dropped_total", help: "Spans that were dropped.", kind: .counter) {
            [
                MetricSample(Double(queues.dropped), labels: [("reason", "queue")]),
                MetricSample(Double(exporters.counts.dropped), labels: [("reason", "collector")]),
            ]
        }
    }

    private static let clusterFigures: [(MetricName, MetricKind, String, @Sendable (ClusterCounters) -> Int)] = [
        (
            "envoy_cluster_upstream_rq_pending_overflow", .counter, "Requests over a limit.",
            { $0.pendingOverflows.current }
        ),
        (
            "envoy_cluster_upstream_rq_retry_overflow", .counter, "Retries over the budget.",
            { $0.retryOverflows.current }
        ),
        ("envoy_cluster_upstream_rq_retry_success", .counter, "Retries that succeeded.", { $0.retrySuccesses.current }),
        (
            "envoy_cluster_upstream_rq_retry_limit_exceeded", .counter, "Requests out of retries.",
            { $0.retryLimits.current }
        ),
        (
            "envoy_cluster_upstream_rq_per_try_timeout", .counter, "Attempts that timed out.",
            { $0.perTryTimeouts.current }
        ),
        (
            "envoy_cluster_upstream_rq_per_try_idle_timeout", .counter, "Attempts that were silent for too long.",
            { $0.perTryIdleTimeouts.current }
        ),
        (
            "envoy_cluster_http2_keepalive_timeout", .counter, "Connections closed for a PING that nobody answered.",
            { $0.keepaliveTimeouts.current }
        ),
        (
            "envoy_cluster_outlier_detection_ejections_enforced_total", .counter, "Endpoints ejected.",
            { $0.ejections.current }
        ),
        ("envoy_cluster_health_check_attempt", .counter, "Active health checks.", { $0.healthChecks.current }),
        (
            "envoy_cluster_health_check_failure", .counter, "Active health checks that failed.",
            { $0.healthCheckFailures.current }
        ),
    ]

    private func registerDownstream(_ table: CounterTable<DownstreamCounters>) {
        let sources = SummedCounters(
            registry: registry,
            label: "envoy_http_conn_manager_prefix",
            table: table
        )
        sources.observe("envoy_http_downstream_rq_total", .counter, "Requests received.") { $0.requests.current }
        sources.observe("envoy_http_downstream_rq_active", .gauge, "Requests under way.") { $0.activeRequests.current }
        sources.observe("envoy_http_downstream_cx_total", .counter, "Connections accepted.") { $0.connections.current }
        sources.observe("envoy_http_downstream_cx_active", .gauge, "Connections open.") { $0.activeConnections.current }
        sources.observe(
            "envoy_http2_keepalive_timeout",
            .counter,
            "Connections closed for a PING that nobody answered."
        ) { $0.keepaliveTimeouts.current }
        sources.observeClasses("envoy_http_downstream_rq_xx", "Responses by class of status.") { $0.classes }
    }

    private func registerUpstream(_ table: CounterTable<ClusterCounters>) {
        let sources = SummedCounters(registry: registry, label: "envoy_cluster_name", table: table)
        sources.observe("envoy_cluster_upstream_rq_total", .counter, "Requests forwarded.") { $0.requests.current }
        sources.observe("envoy_cluster_upstream_rq_active", .gauge, "Requests under way.") { $0.activeRequests.current }
        sources.observe("envoy_cluster_upstream_rq_retry", .counter, "Requests sent again.") { $0.retries.current }
        sources.observe("envoy_cluster_upstream_rq_timeout", .counter, "Requests that timed out.") {
            $0.timeouts.current
        }
        sources.observe("envoy_cluster_upstream_rq_rx_reset", .counter, "Requests that the endpoint cut off.") {
            $0.resets.current
        }
        sources.observe("envoy_cluster_upstream_cx_total", .counter, "Connections tried.") { $0.connections.current }
        sources.observe("envoy_cluster_upstream_cx_active", .gauge, "Connections open.") {
            $0.activeConnections.current
        }
        sources.observe("envoy_cluster_upstream_cx_connect_fail", .counter, "Connections that failed.") {
            $0.connectFailures.current
        }
        sources.observe("envoy_cluster_upstream_cx_connect_timeout", .counter, "Connections that took too long.") {
            $0.connectTimeouts.current
        }
        sources.observe("envoy_cluster_upstream_cx_overflow", .counter, "Connections over the limit.") {
            $0.overflows.current
        }
        sources.observe("envoy_cluster_upstream_cx_idle_timeout", .counter, "Connections closed for being idle.") {
            $0.idleTimeouts.current
        }
        for (name, kind, help, read) in Self.clusterFigures { sources.observe(name, kind, help, read) }
        sources.observe("envoy_cluster_upstream_cx_protocol_error", .counter, "Responses that broke HTTP.") {
            $0.protocolErrors.current
        }
        // Every loop sees the same endpoints, so that the largest figure tells and not the sum.
        sources.observeLargest("envoy_cluster_membership_total", "Endpoints.") { $0.members.current }
        sources.observeLargest("envoy_cluster_membership_healthy", "Healthy endpoints.") { $0.healthyMembers.current }
        sources.observeClasses("envoy_cluster_upstream_rq_xx", "Responses by class of status.") { $0.classes }
    }
}
