/// What one loop counts for one cluster; `envoy_cluster_upstream_*`.
final class ClusterCounters: Sendable {
    let requests = LoopCounter()
    let activeRequests = LoopCounter()
    let connections = LoopCounter()
    let activeConnections = LoopCounter()
    let connectFailures = LoopCounter()
    let connectTimeouts = LoopCounter()
    let overflows = LoopCounter()
    let retries = LoopCounter()
    let timeouts = LoopCounter()
    let resets = LoopCounter()
    let protocolErrors = LoopCounter()
    let idleTimeouts = LoopCounter()
    let classes = StatusClassCounters()
}
