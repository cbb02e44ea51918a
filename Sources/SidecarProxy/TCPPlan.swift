import AccessLog
import NIOCore
import ProxyConfiguration

/// What `tcp_proxy` does with a connection, prepared once and never changed.
final class TCPPlan: Sendable {
    let statPrefix: String
    let target: WeightedTarget
    let logs: LogPlan
    let idleTimeout: TimeAmount?
    let maxDuration: TimeAmount?
    /// Whether the client's address decides about the endpoint.
    let hashesAddress: Bool
    /// The most endpoints that are tried.
    let attempts: Int

    /// Prepares `proxy`; its clusters are among `clusters`.
    ///
    /// - Throws: What is wrong with the format of an access log.
    init(_ proxy: TCPProxy, clusters: [String]) throws(LogFormatError) {
        logs = try LogPlan(proxy.accessLogs)
        statPrefix = proxy.statPrefix
        target = WeightedTarget(proxy.target, clusters: clusters)
        idleTimeout = proxy.idleTimeout.map { TimeAmount($0) }
        maxDuration = proxy.maxDuration.map { TimeAmount($0) }
        hashesAddress = proxy.hashesSourceAddress
        attempts = max(1, proxy.maxConnectAttempts)
    }
}
