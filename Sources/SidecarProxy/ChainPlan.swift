import OpenSSL
import ProxyConfiguration

/// What happens to the connections of one filter chain, prepared once and never changed.
final class ChainPlan: Sendable {
    /// The terminal filter.
    enum Service: Sendable {
        case http(ConnectionPlan)
        case tcp(TCPPlan)
    }

    let name: String
    let match: FilterChainMatch
    let credentials: ServerCredentials?
    let handshakeTimeout: Duration?
    let service: Service

    /// Prepares `chain`, whose clusters are among `clusters`.
    ///
    /// - Throws: What is wrong with its certificates or access logs.
    init(_ chain: FilterChain, label: String, index: Int, clusters: [String], spans: SpanQueues) throws {
        name = chain.name
        match = chain.match
        handshakeTimeout = chain.handshakeTimeout
        if var tls = chain.tls {
            // Without a list ALPN would be left out, and clients would never speak HTTP/2.
            if tls.applicationProtocols.isEmpty, case .http(let manager) = chain.filter {
                tls.applicationProtocols = Self.protocols(manager.codec)
            }
            credentials = try ServerCredentials(tls, label: "\(label)#\(index)")
        } else {
            credentials = nil
        }
        switch chain.filter {
        case .http(let manager):
            let plan = try ConnectionPlan(
                manager,
                key: "\(label)#\(index)",
                validatesClients: credentials?.validatesClients ?? false,
                clusters: clusters,
                spans: spans
            )
            service = .http(plan)
        case .tcp(let proxy): service = try .tcp(TCPPlan(proxy, clusters: clusters))
        }
    }

    /// The name in metrics.
    var statPrefix: String {
        switch service {
        case .http(let plan): plan.statPrefix
        case .tcp(let plan): plan.statPrefix
        }
    }

    /// Its access logs.
    var logs: LogPlan {
        switch service {
        case .http(let plan): plan.logs
        case .tcp(let plan): plan.logs
        }
    }

    private static func protocols(_ codec: HTTPCodec) -> [String] {
        switch codec {
        case .automatic: ["h2", "http/1.1"]
        case .http1: ["http/1.1"]
        case .http2: ["h2"]
        }
    }
}
