extension BootstrapDecoder {
    /// A `cluster.v3.Cluster`.
    mutating func cluster(_ node: ConfigurationNode) -> ClusterConfiguration? {
        guard let message = message(node, .cluster) else { return nil }
        let name = name("name", in: message)
        var cluster = ClusterConfiguration(name: name ?? "", endpoints: [])
        if let field = message["alt_stat_name"], let text = string(field) {
            cluster.statName = text.isEmpty ? nil : text
        }
        read(message["type"], into: &cluster.discovery, unsupported: ["EDS", "ORIGINAL_DST"])
        read(message["connect_timeout"], atLeast: .nanoseconds(1), into: &cluster.connectTimeout)
        readBalancing(message, into: &cluster)
        readNames(message, into: &cluster.dns)
        if let field = message["load_assignment"] {
            cluster.endpoints = loadAssignment(field, discovery: cluster.discovery)
        }
        cluster.healthChecks = list(message["health_checks"]) { decoder, node in decoder.healthCheck(node) }
        readCircuitBreakers(message["circuit_breakers"], into: &cluster)
        cluster.outlierDetection = message["outlier_detection"].map { outlierDetection($0) }
        cluster.tls = message["transport_socket"].flatMap { upstreamTLS($0) }
        readHTTP(message, into: &cluster)
        if let options = message["upstream_connection_options"],
            let fields = self.message(options, .upstreamConnection)
        {
            cluster.tcpKeepalive = fields["tcp_keepalive"].map { tcpKeepalive($0) }
        }
        read(message["per_connection_buffer_limit_bytes"], in: 1...Int(Int32.max), into: &cluster.bufferLimit)
        return name == nil ? nil : cluster
    }

    private mutating func readBalancing(_ message: ConfigurationMessage, into cluster: inout ClusterConfiguration) {
        if let field = message["lb_policy"] {
            let names = LoadBalancing.allCases.filter { $0 != .firstReachable }.map(\.rawValue)
            let others = ["CLUSTER_PROVIDED", "LOAD_BALANCING_POLICY_CONFIG"]
            let name = choice(field, names, unsupported: others)
            cluster.loadBalancing = name.flatMap { LoadBalancing(rawValue: $0) } ?? .roundRobin
        }
        if let node = message["least_request_lb_config"], let fields = self.message(node, .leastRequest) {
            read(fields["choice_count"], in: 2...1000, into: &cluster.leastRequestChoices)
        }
        if let node = message["ring_hash_lb_config"] { readRing(node, into: &cluster.ringHash) }
        if let node = message["maglev_lb_config"], let fields = self.message(node, .maglev) {
            read(fields["table_size"], in: 2...5_000_011, into: &cluster.maglevTableSize)
            if let field = fields["table_size"], !Self.isPrime(cluster.maglevTableSize) {
                report(.invalidValue, field.pointer, "\(cluster.maglevTableSize) is not a prime number")
            }
        }
        if let node = message["common_lb_config"], let fields = self.message(node, .commonBalancing) {
            readPercent(fields["healthy_panic_threshold"], into: &cluster.panicThreshold)
        }
        let configs: KeyValuePairs<String, LoadBalancing> = [
            "least_request_lb_config": .leastRequest, "ring_hash_lb_config": .ringHash, "maglev_lb_config": .maglev,
        ]
        for (field, policy) in configs where policy != cluster.loadBalancing {
            guard let node = message[field] else { continue }
            report(.invalidValue, node.pointer, "has no effect: lb_policy is \(cluster.loadBalancing.rawValue)")
        }
    }

    private mutating func readRing(_ node: ConfigurationNode, into ring: inout RingHashOptions) {
        guard let message = message(node, .ringHash) else { return }
        read(message["minimum_ring_size"], in: 0...8_388_608, into: &ring.minimumSize)
        read(message["maximum_ring_size"], in: 0...8_388_608, into: &ring.maximumSize)
        if let field = message["hash_function"] {
            _ = choice(field, ["XX_HASH"], unsupported: ["MURMUR_HASH_2"])
        }
        if ring.minimumSize > ring.maximumSize {
            report(.invalidValue, node.pointer, "minimum_ring_size is above maximum_ring_size")
        }
    }

    private static func isPrime(_ number: Int) -> Bool {
        guard number > 3 else { return number > 1 }
        var divisor = 2
        while divisor * divisor <= number {
            if number.isMultiple(of: divisor) { return false }
            divisor += 1
        }
        return true
    }

    private mutating func readNames(_ message: ConfigurationMessage, into dns: inout DNSOptions) {
        read(message["dns_refresh_rate"], atLeast: .milliseconds(1), into: &dns.refreshRate)
        read(message["respect_dns_ttl"], into: &dns.respectsTTL)
        read(message["dns_lookup_family"], into: &dns.family)
        guard let node = message["dns_failure_refresh_rate"], let fields = self.message(node, .refreshRate) else {
            return
        }
        _ = required("base_interval", in: fields)
        read(fields["base_interval"], atLeast: .milliseconds(1), into: &dns.failureBaseInterval)
        read(fields["max_interval"], atLeast: .milliseconds(1), into: &dns.failureMaxInterval)
        if let base = dns.failureBaseInterval, let most = dns.failureMaxInterval, most < base {
            report(.invalidValue, node.pointer, "max_interval must not be shorter than base_interval")
        }
    }

    private mutating func tcpKeepalive(_ node: ConfigurationNode) -> TCPKeepalive {
        var keepalive = TCPKeepalive()
        guard let message = message(node, .tcpKeepalive) else { return keepalive }
        read(message["keepalive_probes"], in: 1...127, into: &keepalive.probes)
        read(message["keepalive_time"], in: 1...32_767, into: &keepalive.time)
        read(message["keepalive_interval"], in: 1...32_767, into: &keepalive.interval)
        return keepalive
    }
}
