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
        let manager = HTTPConnectionManager(
            statPrefix: "inbound",
            virtualHosts: [VirtualHost(name: "local_app", domains: ["*"], routes: [forward])],
            filters: [.router],
            useRemoteAddress: true
        )
        let listener = ListenerConfiguration(name: "inbound", address: listen, filterChain: .http(manager))
        let cluster = ClusterConfiguration(
            name: "local_app",
            connectTimeout: .seconds(1),
            loadBalancing: hosts.count > 1 ? .firstReachable : .roundRobin,
            endpoints: hosts.map { EndpointConfiguration(NetworkAddress(host: $0, port: application)) }
        )
        return Bootstrap(listeners: [listener], clusters: [cluster])
    }
}
