extension BootstrapDecoder {
    /// A `endpoint.v3.ClusterLoadAssignment`; all localities are one.
    mutating func loadAssignment(
        _ node: ConfigurationNode,
        discovery: ClusterConfiguration.Discovery
    ) -> [EndpointConfiguration] {
        guard let message = message(node, .loadAssignment) else { return [] }
        _ = name("cluster_name", in: message)
        let localities: [[EndpointConfiguration]] = list(message["endpoints"]) { decoder, node in
            decoder.locality(node, allowsNames: discovery != .fixed)
        }
        let endpoints = localities.flatMap(\.self)
        if discovery == .logicalDNS, endpoints.count != 1 {
            report(
                .invalidValue,
                node.pointer,
                "a cluster of type LOGICAL_DNS has exactly one endpoint, not \(endpoints.count)"
            )
        }
        let sum = endpoints.reduce(0) { $0 + $1.weight }
        if sum > Self.maxWeight {
            report(.invalidValue, node.pointer, "the weights sum up to \(sum), more than \(Self.maxWeight)")
        }
        return endpoints
    }

    private mutating func locality(_ node: ConfigurationNode, allowsNames: Bool) -> [EndpointConfiguration] {
        guard let message = message(node, .localityEndpoints) else { return [] }
        if let field = message["priority"], let priority = integer(field, in: 0...128), priority > 0 {
            report(.unsupported, field.pointer, "priority \(priority) is not supported; all endpoints have priority 0")
        }
        if let node = message["locality"], let fields = self.message(node, .locality) {
            var name = ""
            for field in MessageSchema.locality.fieldNames { read(fields[field], into: &name) }
        }
        return list(message["lb_endpoints"]) { decoder, node in decoder.lbEndpoint(node, allowsNames: allowsNames) }
    }

    private mutating func lbEndpoint(_ node: ConfigurationNode, allowsNames: Bool) -> EndpointConfiguration? {
        guard let message = message(node, .lbEndpoint) else { return nil }
        guard let endpoint = required("endpoint", in: message), let fields = self.message(endpoint, .endpoint),
            let field = required("address", in: fields), let address = address(field, allowsNames: allowsNames)
        else { return nil }
        if address.port == 0 {
            report(.invalidValue, field.pointer, "port 0 cannot be connected to")
        }
        var result = EndpointConfiguration(address)
        read(fields["hostname"], into: &result.hostname)
        read(message["load_balancing_weight"], in: 1...Self.maxWeight, into: &result.weight)
        if let status = message["health_status"] {
            let names = ["UNKNOWN", "HEALTHY", "UNHEALTHY", "DRAINING", "TIMEOUT"]
            let name = choice(status, names, unsupported: ["DEGRADED"])
            result.isHealthy = !["UNHEALTHY", "DRAINING", "TIMEOUT"].contains(name ?? "")
        }
        if let node = fields["health_check_config"], let check = self.message(node, .healthCheckConfig) {
            var port = 0
            read(check["port_value"], in: 1...65_535, into: &port)
            if port > 0 { result.healthCheckPort = UInt16(clamping: port) }
            read(check["hostname"], into: &result.healthCheckHostname)
        }
        return result
    }
}
