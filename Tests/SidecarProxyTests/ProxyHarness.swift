import Logging
import ProxyConfiguration

@testable import SidecarProxy

/// A proxy on an ephemeral port.
struct ProxyHarness {
    let server: ProxyServer
    var port: Int { server.ports.first ?? 0 }

    /// Starts a proxy in front of the application ports `upstreams`.
    init(
        _ upstreams: [UInt16],
        exit: ExitPolicy = ExitPolicy(),
        balancing: LoadBalancing = .roundRobin,
        change: (inout HTTPConnectionManager) -> Void = { _ in },
        cluster changeCluster: (inout ClusterConfiguration) -> Void = { _ in }
    ) async throws {
        var manager = HTTPConnectionManager(
            statPrefix: "test",
            virtualHosts: [
                VirtualHost(
                    name: "all",
                    domains: ["*"],
                    routes: [
                        Route(match: .prefix("/"), action: .forward(ForwardAction(cluster: "app")))
                    ]
                )
            ],
            filters: [.router]
        )
        change(&manager)
        let listener = ListenerConfiguration(
            name: "test",
            address: NetworkAddress(host: "127.0.0.1", port: 0),
            filterChain: .http(manager)
        )
        var cluster = ClusterConfiguration(
            name: "app",
            connectTimeout: .seconds(1),
            loadBalancing: balancing,
            endpoints: upstreams.map { EndpointConfiguration(NetworkAddress(host: "127.0.0.1", port: $0)) }
        )
        changeCluster(&cluster)
        var settings = ProxySettings(
            bootstrap: Bootstrap(listeners: [listener], clusters: [cluster]),
            version: "test"
        )
        settings.exit = exit
        server = try await ProxyServer(
            settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await server.start {}
    }

    /// Sends one request on its own connection and gives everything that comes back.
    func exchange(_ request: String) throws -> String {
        let client = try RawClient(port: port)
        client.send(request)
        return try client.receive()
    }

    /// A GET that closes the connection.
    func get(_ path: String, _ headers: String = "") throws -> String {
        try exchange("GET \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\(headers)\r\n")
    }
}

extension ProxyHarness {
    /// Looks at a condition until it holds, for at most 5 seconds.
    static func eventually(_ condition: () async -> Bool) async throws -> Bool {
        for _ in 0..<250 {
            if await condition() { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
