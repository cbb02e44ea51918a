extension BootstrapDecoder {
    private static var routerType: String {
        "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"
    }

    /// An `HttpConnectionManager`.
    mutating func connectionManager(_ node: ConfigurationNode, clusters: [String]) -> HTTPConnectionManager? {
        guard let message = message(node, .connectionManager) else { return nil }
        let prefix = name("stat_prefix", in: message)
        if let codec = message["codec_type"] { _ = choice(codec, ["AUTO", "HTTP1"], unsupported: ["HTTP2", "HTTP3"]) }
        readUpgrades(message["upgrade_configs"])
        var manager = HTTPConnectionManager(
            statPrefix: prefix ?? "",
            virtualHosts: [],
            filters: filters(message["http_filters"], in: message),
            useRemoteAddress: bool(message["use_remote_address"], standard: false)
        )
        manager.generateRequestID = bool(message["generate_request_id"], standard: true)
        manager.streamIdleTimeout = timeout(message["stream_idle_timeout"], standard: manager.streamIdleTimeout)
        manager.requestHeadersTimeout = timeout(
            message["request_headers_timeout"],
            standard: manager.requestHeadersTimeout
        )
        if let options = message["common_http_protocol_options"],
            let fields = self.message(options, .httpProtocolOptions)
        {
            manager.options.idleTimeout = timeoutOverride(fields["idle_timeout"])
        }
        guard let routes = message["route_config"] else {
            report(.missing, node.pointer, "route_config is missing")
            return nil
        }
        manager.routes.virtualHosts = virtualHosts(routes, clusters: clusters)
        return manager
    }

    private mutating func filters(
        _ node: ConfigurationNode?,
        in message: ConfigurationMessage
    ) -> [HTTPFilter] {
        let filters: [HTTPFilter] = list(node) { decoder, node in decoder.filter(node) }
        if node == nil || node?.elements.isEmpty == true {
            let pointer = node?.pointer ?? message.pointer
            report(.missing, pointer, "http_filters must end with envoy.filters.http.router")
        }
        if filters.count > 1, let node {
            report(.duplicate, node.pointer, "envoy.filters.http.router ends the chain and can stand there once")
        }
        return filters
    }

    private mutating func filter(_ node: ConfigurationNode) -> HTTPFilter? {
        guard let message = message(node, .httpFilter) else { return nil }
        _ = name("name", in: message)
        guard let config = message["typed_config"] else {
            report(.missing, node.pointer, "typed_config is missing")
            return nil
        }
        guard hasType(config, Self.routerType), self.message(config, .router) != nil else { return nil }
        return .router
    }

    // WebSocket upgrades are on without being asked for; the field is accepted so that Envoy's files work.
    private mutating func readUpgrades(_ node: ConfigurationNode?) {
        let _: [Bool] = list(node) { decoder, node in
            guard let message = decoder.message(node, .upgrade), let type = message["upgrade_type"] else { return nil }
            return decoder.choice(type, ["websocket"], unsupported: ["CONNECT", "h2c", "spdy/3.1"]) != nil
        }
    }
}
