import Manifests
import NIOCore
import NIOEmbedded
import ProxyConfiguration
import ServerCore

@testable import SidecarProxy

/// The client's side of the proxy on channels without sockets; its cluster has no endpoint.
///
/// Only one thread may use it.
final class EmbeddedProxy: @unchecked Sendable {
    private let loop = EmbeddedEventLoop()
    private let worker: Worker
    private let plan: ConnectionPlan

    private static let configuration = """
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
                            - name: all
                              domains: ["*"]
                              routes: [{match: {prefix: "/"}, route: {cluster: app}}]
                        http_filters:
                          - name: envoy.filters.http.router
                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
          clusters:
            - name: app
              type: STATIC
              load_assignment: {cluster_name: app, endpoints: []}
        """

    init() throws {
        guard let document = try ManifestReader.documents(in: Array(Self.configuration.utf8)).first else {
            throw ChannelError.eof
        }
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
        let channel = EmbeddedChannel(loop: loop)
        let connection = ConnectionContext(peer: try SocketAddress(ipAddress: "127.0.0.1", port: 9), eventLoop: loop)
        let client = ClientConnection(channel, connection, identifier: 1)
        let counters = worker.counters(for: "in")
        let site = HTTPSite(plan: plan, worker: worker, counters: counters, client: client)
        try site.install(channel, negotiated: isHTTP2 ? "h2" : nil)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        var cuts = Cuts(seed: seed ?? 0)
        var rest = bytes
        var answer: [UInt8] = []
        while !rest.isEmpty, channel.isActive {
            let count = seed == nil ? rest.count : cuts.end(from: 0, of: rest.count)
            channel.pipeline.fireChannelRead(ByteBuffer(bytes: rest.prefix(count)))
            channel.pipeline.fireChannelReadComplete()
            loop.run()
            rest = rest.dropFirst(count)
        }
        if channel.isActive {
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            loop.run()
        }
        while let piece = try? channel.readOutbound(as: ByteBuffer.self) { answer += piece.readableBytesView }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        loop.run()
        guard counters.activeConnections.current == 0, counters.activeRequests.current == 0 else {
            fatalError("a connection has ended and still counts")
        }
        return answer
    }
}
