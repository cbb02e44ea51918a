import NIOCore
import Observability
import ProxyConfiguration
import ServerCore

/// The metrics of a proxy under the names that Envoy's users know, summed over the loops when they are scraped.
final class ProxyMetrics: Sendable {
    private let registry = MetricRegistry()
    private let started = NIODeadline.now()

    init(server: ProxyServer) {
        ProcessMetrics.register(in: registry, version: server.settings.version)
        let started = started
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
    }

    /// All metrics in the Prometheus text format.
    func exposition() -> [UInt8] { registry.exposition() }

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
        sources.observe("envoy_cluster_upstream_cx_protocol_error", .counter, "Responses that broke HTTP.") {
            $0.protocolErrors.current
        }
        sources.observeClasses("envoy_cluster_upstream_rq_xx", "Responses by class of status.") { $0.classes }
    }
}
