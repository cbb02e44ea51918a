import LoadBalancing
import Manifests
import NIOCore
import NIOEmbedded
import ProxyConfiguration
import ServerCore

@testable import SidecarProxy

/// The proxy on channels without sockets.
///
/// Only one thread may use it.
final class EmbeddedProxy: @unchecked Sendable {
    private let loop = EmbeddedEventLoop()
    private let worker: Worker
    private let plan: ConnectionPlan

    /// What the proxy has sent to the client, and on each connection to the endpoint.
    struct Outcome {
        let answer: [UInt8]
        let requests: [[UInt8]]
    }

    /// How many idle connections there are to the endpoint; others cannot be made.
    private static let connections = 3

    private static func configuration(_ endpoints: String, _ options: String) -> String {
        """
        static_resources:
          listeners:
            - address: {socket_address: {address: 127.0.0.1, port_value: 1}}
              filter_chains:
                - filters:
                    - name: envoy.filters.network.http_connection_manager
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                        stat_prefix: in
                        use_remote_address: true
                        normalize_path: true
                        merge_slashes: true
                        path_with_escaped_slashes_action: UNESCAPE_AND_REDIRECT
                        upgrade_configs: [{upgrade_type: websocket}]
                        http2_protocol_options: {connection_keepalive: {interval: 1s, timeout: 1s}}
                        access_log:
                          - name: envoy.access_loggers.file
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
                              path: /dev/null
                        route_config:
                          virtual_hosts:
                            - name: named
                              domains: ["a", "*.b"]
                              routes:
                                - match: {path: "/direct"}
                                  direct_response: {status: 200, body: {inline_string: "hello"}}
                                - match: {prefix: "/redirect"}
                                  redirect: {host_redirect: c, prefix_rewrite: "/d", strip_query: true}
                                - match: {safe_regex: {regex: "/r/(.*)"}}
                                  route:
                                    cluster: app
                                    regex_rewrite: {pattern: {regex: "/r/(.*)"}, substitution: "/s/\\\\1"}
                                - match: {prefix: "/h", headers: [{name: x, string_match: {prefix: "y"}}]}
                                  route: {cluster: app, prefix_rewrite: "/z", hash_policy: [{header: {header_name: x}}]}
                                - match: {prefix: "/", query_parameters: [{name: q, present_match: true}]}
                                  route: {cluster: app, host_rewrite_literal: h}
                                  request_headers_to_add:
                                    - header: {key: x-added, value: "%REQ(x)%"}
                                - match: {prefix: "/retry"}
                                  route:
                                    cluster: app
                                    retry_policy:
                                      retry_on: "5xx,reset,retriable-headers"
                                      num_retries: 2
                                      per_try_idle_timeout: 1s
                                      retriable_headers: [{name: x-again, present_match: true}]
                                      retriable_request_headers: [{name: x, present_match: true}]
                                  response_headers_to_add:
                                    - header: {key: x-told, value: "%START_TIME(%s)% %RESP(:STATUS)% %REQ(x)% %RESP(x-again)%"}
                                    - header: {key: x-from, value: "%UPSTREAM_REMOTE_ADDRESS% %RESPONSE_CODE_DETAILS%"}
                                - match: {prefix: "/auto"}
                                  route: {cluster: app, auto_host_rewrite: true, append_x_forwarded_host: true}
                            - name: all
                              domains: ["*"]
                              routes: [{match: {prefix: "/"}, route: {cluster: app}}]
                        http_filters:
                          - name: envoy.filters.http.router
                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
          clusters:
            - name: app
              type: STATIC
              circuit_breakers: {thresholds: [{max_connections: 0}]}
              typed_extension_protocol_options: {\(options)}
              load_assignment: {cluster_name: app, endpoints: [\(endpoints)]}
        """
    }

    /// Makes a proxy whose cluster has `endpoints` and `options` of its protocol, written in YAML.
    init(endpoints: String = "", options: String = "") throws {
        let text = Array(Self.configuration(endpoints, options).utf8)
        guard let document = try ManifestReader.documents(in: text).first else { throw ChannelError.eof }
        let bootstrap = try BootstrapDecoder.decode(document.value, source: document.source)
        let tables = ProxyTables()
        let snapshot = try ProxySnapshot(bootstrap, spans: tables.spans)
        for plan in snapshot.listeners { plan.openLogs(tables.sinks) }
        worker = Worker(eventLoop: loop, loops: 1, state: ServerState(), tables: tables)
        worker.apply(snapshot)
        guard case .http(let plan)? = snapshot.listeners.first?.chains.first?.service else { throw ChannelError.eof }
        self.plan = plan
    }

    /// What a client gets that sends `bytes`, cut by `seed`, and then ends its side.
    func exchange(_ bytes: ArraySlice<UInt8>, seed: UInt8?, isHTTP2: Bool) throws -> [UInt8] {
        let client = try EmbeddedClient(plan, worker, loop: loop, isHTTP2: isHTTP2)
        send(bytes, seed: seed, by: client)
        client.endInput()
        let answer = client.close()
        requireNothingCounts()
        return answer
    }

    /// What becomes of requests to which the endpoint gives `answers`, all cut by `seed`.
    ///
    /// Each answer goes to the connection on which something has come last.
    func forward(
        _ request: ArraySlice<UInt8>,
        _ answers: [ArraySlice<UInt8>],
        seed: UInt8,
        isHTTP2: Bool,
        isShared: Bool
    ) throws -> Outcome {
        guard let endpoint = worker.clusters.first?.endpoints.first else { throw ChannelError.eof }
        let connections = try (0..<(isShared ? 1 : Self.connections)).map { _ in
            try EmbeddedEndpoint(endpoint, loop: loop, isHTTP2: isShared)
        }
        loop.run()
        // What HTTP/2 begins with is no request.
        for connection in connections { _ = connection.takeRequest() }
        let client = try EmbeddedClient(plan, worker, loop: loop, isHTTP2: isHTTP2)
        send(request, seed: seed, by: client)
        var cuts = Cuts(seed: seed)
        var current: EmbeddedEndpoint?
        for answer in answers {
            current = connections.first { $0.takeRequest() } ?? current
            guard let current else { break }
            var rest = answer
            while !rest.isEmpty, current.channel.isActive {
                let count = cuts.end(from: 0, of: rest.count)
                current.answer(rest.prefix(count))
                loop.run()
                rest = rest.dropFirst(count)
            }
        }
        client.endInput()
        for connection in connections {
            _ = connection.takeRequest()
            _ = try? connection.channel.finish(acceptAlreadyClosed: true)
            loop.run()
        }
        let result = Outcome(answer: client.close(), requests: connections.map(\.received))
        requireNothingCounts()
        return result
    }

    private func send(_ bytes: ArraySlice<UInt8>, seed: UInt8?, by client: EmbeddedClient) {
        var cuts = Cuts(seed: seed ?? 0)
        var rest = bytes
        while !rest.isEmpty, client.isActive {
            let count = seed == nil ? rest.count : cuts.end(from: 0, of: rest.count)
            client.send(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
    }

    private func requireNothingCounts() {
        let counters = worker.counters(for: "in")
        guard counters.activeConnections.current == 0, counters.activeRequests.current == 0 else {
            fatalError("a connection has ended and still counts")
        }
        for cluster in worker.clusters {
            guard cluster.counters.activeConnections.current == 0, cluster.counters.activeRequests.current == 0 else {
                fatalError("a connection to an endpoint has ended and still counts")
            }
            for resource in CircuitBreaker.Resource.allCases where cluster.context.breaker.count(resource) != 0 {
                fatalError("\(resource) is still taken")
            }
        }
    }
}
