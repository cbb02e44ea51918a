import LoadBalancing
import NIOCore
import ProxyConfiguration

/// What all endpoints of one cluster share on one event loop.
final class UpstreamContext {
    let name: String
    let worker: Worker
    let counters: ClusterCounters
    let connectTimeout: TimeAmount
    /// What the kernel asks of connections on which nothing moves; nil for nothing.
    let keepalive: TCPKeepalive?
    /// When connections take no more for now; nil for the usual.
    let buffering: BufferLimit?
    /// How endpoints are spoken to over TLS; nil for plain.
    let credentials: ClientCredentials?
    /// Whether endpoints speak HTTP/2 without being asked.
    let isShared: Bool
    /// Whether requests wait for connections that others share; becomes true when an endpoint agrees to HTTP/2.
    var sharesConnections: Bool
    /// How much of the cluster is in use.
    var breaker: CircuitBreaker
    /// What connections of HTTP/2 have.
    let http2: HTTP2Options

    /// How long a connection to an endpoint may be idle.
    ///
    /// Below the 5 s after which common application servers close their side, so that requests and closes rarely
    /// cross.
    let idleTimeout: TimeAmount
    /// How long a connection of HTTP/2 may be idle: its endpoint says GOAWAY before it closes.
    let sharedIdleTimeout: TimeAmount

    init(_ configuration: ClusterConfiguration, worker: Worker, loops: Int, credentials: ClientCredentials?) {
        name = configuration.name
        counters = worker.clusterCounters(for: configuration)
        connectTimeout = TimeAmount(configuration.connectTimeout)
        buffering = configuration.bufferLimit.map { BufferLimit(bytes: $0) }
        keepalive = configuration.tcpKeepalive
        self.worker = worker
        self.credentials = credentials
        http2 = configuration.http.http2
        isShared = configuration.http.version == .http2
        sharesConnections = isShared
        breaker = CircuitBreaker(CircuitBreakerLimits(configuration.circuitBreaker).share(of: loops))
        let idle = configuration.http.options.idleTimeout
        idleTimeout = TimeAmount(idle.resolved(.seconds(3)) ?? .seconds(3600))
        sharedIdleTimeout = TimeAmount(idle.resolved(.seconds(60)) ?? .seconds(3600))
    }

    /// Takes one of `resource`; counts a refusal.
    func acquire(_ resource: CircuitBreaker.Resource) -> Bool {
        guard breaker.acquire(resource) else {
            switch resource {
            case .connection: counters.overflows.add()
            case .pendingRequest, .request: counters.pendingOverflows.add()
            case .retry: counters.retryOverflows.add()
            }
            return false
        }
        return true
    }

    /// Gives one of `resource` back.
    func release(_ resource: CircuitBreaker.Resource) { breaker.release(resource) }
}
