import NIOCore
import ProxyConfiguration

/// What `tcp_proxy` does with a connection, prepared once and never changed.
final class TCPPlan: Sendable {
    let statPrefix: String
    let target: WeightedTarget
    let idleTimeout: TimeAmount?
    let maxDuration: TimeAmount?
    /// The most endpoints that are tried.
    let attempts: Int

    /// Prepares `proxy`; its clusters are among `clusters`.
    init(_ proxy: TCPProxy, clusters: [String]) {
        statPrefix = proxy.statPrefix
        target = WeightedTarget(proxy.target, clusters: clusters)
        idleTimeout = proxy.idleTimeout.map { TimeAmount($0) }
        maxDuration = proxy.maxDuration.map { TimeAmount($0) }
        attempts = max(1, proxy.maxConnectAttempts)
    }
}
