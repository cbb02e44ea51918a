extension BootstrapDecoder {
    private static var discoveryTypes: [String] { ["STRICT_DNS", "LOGICAL_DNS", "EDS", "ORIGINAL_DST"] }
    private static var policies: [String] {
        [LoadBalancing.roundRobin, .leastRequest, .random].map(\.rawValue)
    }

    /// A `cluster.v3.Cluster` of type STATIC.
    mutating func cluster(_ node: ConfigurationNode) -> ClusterConfiguration? {
        guard let message = message(node, .cluster) else { return nil }
        let name = name("name", in: message)
        if let type = message["type"] { _ = choice(type, ["STATIC"], unsupported: Self.discoveryTypes) }
        var policy = LoadBalancing.roundRobin
        if let field = message["lb_policy"],
            let text = choice(field, Self.policies, unsupported: ["RING_HASH", "MAGLEV", "CLUSTER_PROVIDED"])
        {
            policy = LoadBalancing(rawValue: text) ?? .roundRobin
        }
        var connectTimeout = Duration.seconds(5)
        if let field = message["connect_timeout"], let duration = duration(field) {
            if duration == .zero {
                report(.invalidValue, field.pointer, "must be longer than 0s")
            }
            connectTimeout = duration
        }
        let endpoints = message["load_assignment"].map { loadAssignment($0) } ?? []
        return name.map {
            ClusterConfiguration(
                name: $0,
                connectTimeout: connectTimeout,
                loadBalancing: policy,
                endpoints: endpoints.map { EndpointConfiguration($0) }
            )
        }
    }

    private mutating func loadAssignment(_ node: ConfigurationNode) -> [NetworkAddress] {
        guard let message = message(node, .loadAssignment) else { return [] }
        _ = name("cluster_name", in: message)
        let localities: [[NetworkAddress]] = list(message["endpoints"]) { decoder, node in
            guard let fields = decoder.message(node, .localityEndpoints) else { return nil }
            return decoder.list(fields["lb_endpoints"]) { decoder, node in decoder.lbEndpoint(node) }
        }
        return localities.flatMap(\.self)
    }

    private mutating func lbEndpoint(_ node: ConfigurationNode) -> NetworkAddress? {
        guard let message = message(node, .lbEndpoint) else { return nil }
        guard let endpoint = message["endpoint"] else {
            report(.missing, node.pointer, "endpoint is missing")
            return nil
        }
        guard let fields = self.message(endpoint, .endpoint) else { return nil }
        guard let address = fields["address"] else {
            report(.missing, endpoint.pointer, "address is missing")
            return nil
        }
        guard let result = self.address(address) else { return nil }
        if result.port == 0 {
            report(.invalidValue, address.pointer, "port 0 cannot be connected to")
        }
        return result
    }
}
