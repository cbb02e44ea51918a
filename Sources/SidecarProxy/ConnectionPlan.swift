import AccessLog
import HTTP1
import NIOCore
import ProxyConfiguration
import ProxyHeaders

/// What the connections of one listener do: its connection manager, prepared once and never changed.
final class ConnectionPlan: Sendable {
    /// What tells the filter chain from others, in every configuration.
    let key: String
    let statPrefix: String
    let logs: LogPlan
    let routes: RouteTable
    let identity: IdentityPolicy
    /// Whether and how requests are traced.
    let tracing: TracePlan?
    private let hashesAddress: Bool
    let streamIdleTimeout: TimeAmount?
    /// From the beginning of a request to its end.
    let requestTimeout: TimeAmount?
    /// From the beginning of a request to the end of its response.
    let maxStreamDuration: TimeAmount?
    /// What becomes of `x-forwarded-client-cert`.
    let clientCertificate: ForwardedClientCertificate
    /// Whether a certificate that a client shows has been verified.
    let validatesClients: Bool
    /// Whether the proxy adds no `x-envoy-*` headers of its own accord.
    let suppressesEnvoyHeaders: Bool
    let idleTimeout: TimeAmount?
    let headTimeout: TimeAmount?

    /// Whether anything depends on whom a trusted proxy tells to be the client.
    var readsClientAddress: Bool { (!logs.isEmpty || hashesAddress) && identity.forwardedFor.readsHeader }

    /// Whether the head that goes to the endpoint is wanted even where there is no endpoint.
    var keepsHeads: Bool { !logs.isEmpty || identity.tellsRequestID || tracing != nil }

    /// How long a connection that ends is read and dropped, so that the last answer survives:
    /// `delayed_close_timeout`.
    let lingerTimeout: TimeAmount
    /// How long a connection that is idle or old still serves what crosses its end: `drain_timeout`.
    let drainTimeout: TimeAmount
    /// The requests after which a connection is ended in order.
    let maxRequests: Int
    /// What connections of HTTP/2 have.
    let http2: HTTP2Options
    /// How long a connection lasts before it is ended in order; nil for as long as it likes.
    let maxDuration: TimeAmount?
    /// How large the head of a request may be.
    let limits: HTTP1Limits
    /// What becomes of headers with an underscore in their names.
    let underscores: HTTPOptions.UnderscoreAction
    /// Whether clients may have WebSockets where the route says nothing.
    let allowsWebSocket: Bool
    /// The most bytes of a request or of pipelined requests that wait for their turn.
    static let waitingBytes = 64 * 1024

    /// Prepares `manager`; its routes' clusters are `clusters`.
    ///
    /// - Throws: What is wrong with the format of an access log.
    init(
        _ manager: HTTPConnectionManager,
        key: String = "",
        validatesClients: Bool = false,
        clusters: [String],
        spans: SpanQueues
    ) throws(LogFormatError) {
        logs = try LogPlan(manager.accessLogs)
        self.key = key
        self.validatesClients = validatesClients
        statPrefix = manager.statPrefix
        routes = RouteTable(manager, clusters: clusters)
        identity = IdentityPolicy(manager)
        tracing = manager.tracing.map { TracePlan($0, queue: spans.queue(for: $0)) }
        hashesAddress = manager.routes.virtualHosts.flatMap(\.routes).contains { route in
            guard case .forward(let action) = route.action else { return false }
            return action.hashPolicies.contains { $0.source == .sourceAddress }
        }
        streamIdleTimeout = manager.streamIdleTimeout.map { TimeAmount($0) }
        requestTimeout = manager.requestTimeout.map { TimeAmount($0) }
        maxStreamDuration = manager.options.maxStreamDuration.map { TimeAmount($0) }
        clientCertificate = manager.clientCertificate
        suppressesEnvoyHeaders = manager.suppressesEnvoyHeaders
        idleTimeout = manager.options.idleTimeout.resolved(.seconds(3600)).map { TimeAmount($0) }
        lingerTimeout = TimeAmount(manager.delayedCloseTimeout ?? .zero)
        drainTimeout = TimeAmount(manager.drainTimeout)
        limits = HTTP1Limits(fields: manager.options.maxHeadersCount, headBytes: manager.maxRequestHeadersKiB * 1024)
        http2 = manager.http2
        maxRequests = manager.options.maxRequestsPerConnection ?? .max
        maxDuration = manager.options.maxConnectionDuration.map { TimeAmount($0) }
        underscores = manager.options.underscores
        allowsWebSocket = manager.upgrades.allSatisfy { $0.kind != .webSocket || $0.isEnabled }
        headTimeout = manager.requestHeadersTimeout.map { TimeAmount($0) }
    }
}
