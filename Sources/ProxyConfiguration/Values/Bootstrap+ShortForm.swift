import JSON

extension Bootstrap {
    /// The configuration that needs no file: one listener in front of the application in the same pod.
    ///
    /// Unlike a file without `use_remote_address`, it appends the peer to `x-forwarded-for`: the proxy is the only
    /// hop that sees it.
    ///
    /// - Parameters:
    ///   - listen: Where to listen.
    ///   - application: The application's port.
    ///   - hosts: The IP addresses to try for it, in order; the first that answers is remembered.
    /// - Returns: The configuration.
    public static func sidecar(listen: NetworkAddress, application: UInt16, hosts: [String]) -> Bootstrap {
        let forward = Route(match: .prefix("/"), action: .forward(ForwardAction(cluster: "local_app")))
        var manager = HTTPConnectionManager(
            statPrefix: "inbound",
            virtualHosts: [VirtualHost(name: "local_app", domains: ["*"], routes: [forward])],
            filters: [.router],
            useRemoteAddress: true
        )
        // Callers in the same cluster know their requests by these.
        manager.preservesExternalRequestID = true
        let listener = ListenerConfiguration(name: "inbound", address: listen, filterChain: .http(manager))
        let cluster = ClusterConfiguration(
            name: "local_app",
            connectTimeout: .seconds(1),
            loadBalancing: hosts.count > 1 ? .firstReachable : .roundRobin,
            endpoints: hosts.map { EndpointConfiguration(NetworkAddress(host: $0, port: application)) }
        )
        var bootstrap = Bootstrap(listeners: [listener], clusters: [cluster])
        bootstrap.document = JSONWriter.compact(shortForm(listen, cluster.endpoints.map(\.address)))
        return bootstrap
    }

    /// The file that comes nearest; Envoy has no policy that remembers the first address that was reached.
    private static func shortForm(_ listen: NetworkAddress, _ application: [NetworkAddress]) -> JSONValue {
        let types = "type.googleapis.com/envoy.extensions.filters"
        let manager: JSONValue = [
            "@type": .string("\(types).network.http_connection_manager.v3.HttpConnectionManager"),
            "stat_prefix": "inbound", "use_remote_address": true, "preserve_external_request_id": true,
            "route_config": [
                "virtual_hosts": [
                    [
                        "name": "local_app", "domains": ["*"],
                        "routes": [["match": ["prefix": "/"], "route": ["cluster": "local_app"]]],
                    ]
                ]
            ],
            "http_filters": [
                ["name": "router", "typed_config": ["@type": .string("\(types).http.router.v3.Router")]]
            ],
        ]
        let listener: JSONValue = [
            "name": "inbound", "address": json(listen),
            "filter_chains": [["filters": [["name": "http", "typed_config": manager]]]],
        ]
        let cluster: JSONValue = [
            "name": "local_app", "type": "STATIC", "connect_timeout": "1s",
            "load_assignment": assignment("local_app", application),
        ]
        return ["static_resources": ["listeners": [listener], "clusters": [cluster]]]
    }
}
