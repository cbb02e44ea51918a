import AccessLog
import JSON
import LoadBalancing
import NIOCore
import OpenSSL
import ProxyConfiguration
import ServerCore
import Synchronization

/// The pages of the admin port that show what the proxy has and does, in Envoy's words where it has them.
struct AdminPages {
    private let server: ProxyServer

    init(_ server: ProxyServer) {
        self.server = server
    }

    /// `/clusters`: a line for each endpoint and figure, as Envoy writes them.
    func clusters() async -> String {
        var text = ""
        for worker in server.workers.values {
            let part = try? await worker.eventLoop.submit { Self.describe(worker.value) }.get()
            text += part ?? ""
        }
        return text
    }

    /// `/listeners`: name and address, a line each.
    func listeners() -> String {
        zip(server.snapshot.bootstrap.listeners, server.listeners)
            .map { configuration, listener in
                let port = listener.boundPort.map { UInt16(clamping: $0) } ?? configuration.address.port
                return "\(listener.label)::\(NetworkAddress(host: configuration.address.host, port: port))\n"
            }
            .joined()
    }

    /// `/certs`.
    func certificates() -> JSONValue {
        let now = Int64(HTTPDate.now())
        return [
            "certificates": .array(
                server.snapshot.credentials.map { credentials in
                    let chain = credentials.chain?.certificates ?? []
                    return [
                        "for": .string(credentials.label),
                        "cert_chain": .array(
                            chain.map { certificate in
                                let names = certificate.alternativeNames
                                return [
                                    "subject": .string(certificate.subject),
                                    "issuer": .string(certificate.issuer),
                                    "sha256": .string(certificate.fingerprint),
                                    "subject_alt_names": .array((names.dnsNames + names.uris).map { .string($0) }),
                                    "days_until_expiration": .integer(Int((certificate.notAfter - now) / 86_400)),
                                    "expiration_time": .string(HTTPDate.text(Int(max(0, certificate.notAfter)))),
                                ]
                            }
                        ),
                    ]
                }
            )
        ]
    }

    /// `/why`: the last failures, newest first.
    func failures() -> JSONValue {
        let rings = server.tables.failures.withLock { Array($0.values) }
        return ["failures": .array(FailureRing.merged(rings).map(\.json))]
    }

    /// `/config_dump`: what is in use, without keys.
    func configuration() -> JSONValue {
        let bootstrap = server.snapshot.bootstrap
        return [
            "listeners": .array(
                bootstrap.listeners.map { listener in
                    [
                        "name": .string(listener.name), "address": .string("\(listener.address)"),
                        "filter_chains": .array(listener.filterChains.map(Self.describe)),
                    ]
                }
            ),
            "clusters": .array(
                bootstrap.clusters.map { cluster in
                    [
                        "name": .string(cluster.name), "type": .string(cluster.discovery.rawValue),
                        "lb_policy": .string(cluster.loadBalancing.rawValue),
                        "tls": .bool(cluster.tls != nil),
                        "tls_verified": .bool(cluster.tls.map { $0.validation.verifiesChain } ?? false),
                        "endpoints": .array(cluster.endpoints.map { .string("\($0.address)") }),
                    ]
                }
            ),
        ]
    }

    private static func describe(_ chain: FilterChain) -> JSONValue {
        let (kind, prefix): (String, String) =
            switch chain.filter {
            case .http(let manager): ("http_connection_manager", manager.statPrefix)
            case .tcp(let proxy): ("tcp_proxy", proxy.statPrefix)
            }
        return [
            "server_names": .array(chain.match.serverNames.map { .string($0) }), "tls": .bool(chain.tls != nil),
            "requires_client_certificate": .bool(chain.tls?.requiresClientCertificate ?? false),
            "filter": .string(kind), "stat_prefix": .string(prefix),
        ]
    }

    private static func describe(_ worker: Worker) -> String {
        var text = ""
        for cluster in worker.clusters {
            let breaker = cluster.context.breaker.limits
            text += "\(cluster.name)::default_priority::max_connections::\(breaker.connections)\n"
            text += "\(cluster.name)::default_priority::max_pending_requests::\(breaker.pendingRequests)\n"
            text += "\(cluster.name)::default_priority::max_requests::\(breaker.requests)\n"
            text += "\(cluster.name)::default_priority::max_retries::\(breaker.retries)\n"
            for (index, endpoint) in cluster.endpoints.enumerated() {
                let line = "\(cluster.name)::\(endpoint.key)::"
                text += "\(line)rq_active::\(cluster.balancer.activeRequests(index))\n"
                text += "\(line)hostname::\(endpoint.hostname)\n"
                text += "\(line)health_flags::\(cluster.balancer.health(index).flags)\n"
                text += "\(line)weight::\(endpoint.weight)\n"
            }
        }
        return text
    }
}
