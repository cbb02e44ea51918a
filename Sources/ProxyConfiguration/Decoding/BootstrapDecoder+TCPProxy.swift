import JSON

extension BootstrapDecoder {
    /// A `TcpProxy`.
    mutating func tcpProxy(_ message: ConfigurationMessage) -> TCPProxy? {
        let prefix = name("stat_prefix", in: message)
        guard let (field, node) = oneOf(["cluster", "weighted_clusters"], in: message, isRequired: true),
            let target = field == "cluster" ? clusterName(node).map({ .cluster($0) }) : tcpWeights(node)
        else { return nil }
        var proxy = TCPProxy(statPrefix: prefix ?? "", target: target)
        readTimeout(message["idle_timeout"], into: &proxy.idleTimeout)
        read(message["max_downstream_connection_duration"], atLeast: .milliseconds(1), into: &proxy.maxDuration)
        read(message["max_connect_attempts"], in: 1...1_000_000, into: &proxy.maxConnectAttempts)
        proxy.accessLogs = accessLogs(message["access_log"])
        let policies: [Bool] = list(message["hash_policy"]) { decoder, node in
            guard let fields = decoder.message(node, .tcpHashPolicy),
                let source = decoder.required("source_ip", in: fields)
            else { return nil }
            return decoder.message(source, .empty) != nil
        }
        proxy.hashesSourceAddress = !policies.isEmpty
        return proxy
    }

    private mutating func tcpWeights(_ node: ConfigurationNode) -> ClusterTarget? {
        guard let message = message(node, .tcpWeightedCluster) else { return nil }
        let clusters: [WeightedCluster] = list(message["clusters"]) { decoder, node in
            guard let fields = decoder.message(node, .tcpClusterWeight),
                let name = decoder.required("name", in: fields).flatMap({ decoder.clusterName($0) }),
                let weight = decoder.required("weight", in: fields).flatMap({
                    decoder.integer($0, in: 1...Self.maxWeight)
                })
            else { return nil }
            return WeightedCluster(name: name, weight: UInt32(clamping: weight))
        }
        return weighted(clusters, message["clusters"] ?? node)
    }

    /// The largest weight and sum of weights.
    static var maxWeight: Int { Int(UInt32.max) }

    /// Checks the sum of weights.
    mutating func weighted(_ clusters: [WeightedCluster], _ node: ConfigurationNode) -> ClusterTarget? {
        guard node.value.array != nil else { return nil }
        guard !node.elements.isEmpty else {
            report(.missing, node.pointer, "must have an element")
            return nil
        }
        let sum = clusters.reduce(0) { $0 + Int($1.weight) }
        guard clusters.count == node.elements.count else { return nil }
        guard sum > 0 else {
            report(.invalidValue, node.pointer, "the weights sum up to 0; give one of them more")
            return nil
        }
        guard sum <= Self.maxWeight else {
            report(.invalidValue, node.pointer, "the weights sum up to \(sum), more than \(Self.maxWeight)")
            return nil
        }
        return .weighted(clusters)
    }
}
