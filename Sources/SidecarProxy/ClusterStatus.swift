import JSON
import LoadBalancing
import NIOCore
import ProxyConfiguration

/// One cluster as `/clusters` shows it, summed over the loops.
struct ClusterStatus: Sendable {
    /// One endpoint of it.
    struct Host: Sendable {
        let address: NetworkAddress
        let hostname: String
        let weight: Int
        var health: EndpointHealth
        var account: EndpointAccount
    }

    let name: String
    let limits: CircuitBreakerThresholds
    private(set) var hosts: [Host]

    /// Looks at the cluster of one loop, on that loop.
    init(_ cluster: UpstreamCluster) {
        name = cluster.name
        limits = cluster.configuration.circuitBreaker
        hosts = cluster.endpoints.enumerated().map { index, endpoint in
            var account = endpoint.account
            account.activeRequests = cluster.balancer.activeRequests(index)
            account.pendingRequests = endpoint.waiterCount
            return Host(
                address: NetworkAddress(
                    host: endpoint.address.ipAddress ?? endpoint.key,
                    port: UInt16(clamping: endpoint.address.port ?? 0)
                ),
                hostname: endpoint.hostname,
                weight: endpoint.weight,
                health: cluster.balancer.health(index),
                account: account
            )
        }
    }

    /// Adds what another loop has done; an endpoint is unhealthy if any loop holds it to be.
    mutating func add(_ other: ClusterStatus) {
        for host in other.hosts {
            if let index = hosts.firstIndex(where: { $0.address == host.address }) {
                hosts[index].account.add(host.account)
                hosts[index].health.formUnion(host.health)
            } else {
                hosts.append(host)
            }
        }
    }

    /// A line for each figure, as Envoy writes them.
    var lines: String {
        var lines = ["observability_name::\(name)"]
        for (name, value) in thresholds { lines.append("default_priority::\(name)::\(value)") }
        lines.append("added_via_api::false")
        for host in hosts {
            for (name, value) in host.figures { lines.append("\(host.address)::\(name)::\(value)") }
            lines.append("\(host.address)::hostname::\(host.hostname)")
            lines.append("\(host.address)::health_flags::\(host.health.flags)")
            lines.append("\(host.address)::weight::\(host.weight)")
        }
        return lines.map { "\(name)::\($0)\n" }.joined()
    }

    /// An `envoy.admin.v3.ClusterStatus`.
    var json: JSONValue {
        var threshold = JSONObject()
        for (name, value) in thresholds { threshold[name] = .integer(value) }
        return [
            "name": .string(name), "host_statuses": .array(hosts.map(\.json)),
            "circuit_breakers": ["thresholds": [.object(threshold)]], "observability_name": .string(name),
        ]
    }

    private var thresholds: [(String, Int)] {
        [
            ("max_connections", limits.maxConnections), ("max_pending_requests", limits.maxPendingRequests),
            ("max_requests", limits.maxRequests), ("max_retries", limits.maxRetries ?? 3),
        ]
    }
}

extension ClusterStatus.Host {
    /// The figures by the names that Envoy gives them.
    var figures: [(name: String, value: Int)] {
        [
            ("cx_active", account.activeConnections), ("cx_connect_fail", account.connectFailures),
            ("cx_total", account.connections), ("rq_active", account.activeRequests), ("rq_error", account.errors),
            ("rq_pending_active", account.pendingRequests), ("rq_success", account.successes),
            ("rq_timeout", account.timeouts), ("rq_total", account.requests),
        ]
    }

    /// An `envoy.admin.v3.HostStatus`; 64-bit numbers are strings there.
    var json: JSONValue {
        let figures = figures.map { figure -> JSONValue in
            let isGauge = figure.name.hasSuffix("_active")
            return [
                "type": isGauge ? "GAUGE" : "COUNTER", "value": .string("\(figure.value)"),
                "name": .string(figure.name),
            ]
        }
        var status: JSONObject = ["eds_health_status": "HEALTHY"]
        if health.contains(.failedActiveCheck) { status["failed_active_health_check"] = true }
        if health.contains(.ejected) { status["failed_outlier_check"] = true }
        return [
            "address": Bootstrap.json(address), "stats": .array(figures), "health_status": .object(status),
            "weight": .integer(weight), "hostname": .string(hostname),
        ]
    }
}
