extension Bootstrap {
    /// The name of the cluster that ``trace(to:isSecure:path:share:)`` adds.
    public static let collector = "otlp_collector"

    /// Has every connection manager that does not send spans yet send them to one collector.
    ///
    /// - Parameters:
    ///   - address: The collector; its host may be a name.
    ///   - isSecure: Whether it speaks TLS, with a certificate that a system's authority has signed.
    ///   - path: Where it takes spans.
    ///   - share: The share of the requests without a trace that is traced, 0 to 1.
    public mutating func trace(to address: NetworkAddress, isSecure: Bool, path: String, share: Double) {
        var cluster = ClusterConfiguration(name: Self.collector, endpoints: [EndpointConfiguration(address)])
        cluster.discovery = .strictDNS
        if isSecure {
            cluster.tls = UpstreamTLSContext()
            cluster.tls?.serverName = address.host
        }
        clusters.append(cluster)
        let scheme = isSecure ? "https" : "http"
        var tracing = TracingConfiguration(cluster: Self.collector, uri: "\(scheme)://\(address)\(path)")
        tracing.randomSampling = share * 100
        tracing.timeout = .seconds(10)
        for index in listeners.indices {
            for chain in listeners[index].filterChains.indices { listeners[index].filterChains[chain].trace(tracing) }
            listeners[index].defaultFilterChain?.trace(tracing)
        }
    }
}

extension FilterChain {
    /// Has a connection manager that does not send spans yet send them.
    fileprivate mutating func trace(_ tracing: TracingConfiguration) {
        guard case .http(var manager) = filter, manager.tracing == nil else { return }
        manager.tracing = tracing
        filter = .http(manager)
    }
}
