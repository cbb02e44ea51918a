extension BootstrapDecoder {
    /// An `HttpConnectionManager`.
    mutating func connectionManager(_ message: ConfigurationMessage) -> HTTPConnectionManager? {
        let prefix = name("stat_prefix", in: message)
        let filters = filters(message["http_filters"], in: message)
        let routes = required("route_config", in: message).map { routeConfiguration($0) }
        var manager = HTTPConnectionManager(
            statPrefix: prefix ?? "",
            routes: routes ?? RouteConfiguration(),
            filters: filters.map { _ in .router }
        )
        manager.suppressesEnvoyHeaders = filters.contains { $0.suppressesEnvoyHeaders }
        read(message["codec_type"], into: &manager.codec, unsupported: ["HTTP3"])
        manager.accessLogs = accessLogs(message["access_log"])
        manager.upgrades = upgrades(message["upgrade_configs"], .upgrade)
        readTimeouts(message, into: &manager)
        readProtocols(message, into: &manager)
        readHeaders(message, into: &manager)
        readClientCertificate(message, into: &manager.clientCertificate)
        readPath(message, into: &manager.path)
        manager.tracing = message["tracing"].flatMap { tracing($0) }
        return routes == nil ? nil : manager
    }

    private mutating func readTimeouts(_ message: ConfigurationMessage, into manager: inout HTTPConnectionManager) {
        readTimeout(message["stream_idle_timeout"], into: &manager.streamIdleTimeout)
        readTimeout(message["request_timeout"], into: &manager.requestTimeout)
        readTimeout(message["request_headers_timeout"], into: &manager.requestHeadersTimeout)
        read(message["drain_timeout"], into: &manager.drainTimeout)
        readTimeout(message["delayed_close_timeout"], into: &manager.delayedCloseTimeout)
    }

    private mutating func readProtocols(_ message: ConfigurationMessage, into manager: inout HTTPConnectionManager) {
        if let node = message["common_http_protocol_options"] { manager.options = httpOptions(node) }
        if let node = message["http_protocol_options"] { manager.http1 = http1Options(node) }
        if let node = message["http2_protocol_options"] { manager.http2 = http2Options(node) }
        read(message["max_request_headers_kb"], in: 1...63, into: &manager.maxRequestHeadersKiB)
    }

    private mutating func readHeaders(_ message: ConfigurationMessage, into manager: inout HTTPConnectionManager) {
        read(message["use_remote_address"], into: &manager.useRemoteAddress)
        read(message["xff_num_trusted_hops"], in: 0...1000, into: &manager.trustedHops)
        read(message["skip_xff_append"], into: &manager.skipsForwardedFor)
        read(message["via"], into: &manager.via)
        var server = ""
        read(message["server_name"], into: &server)
        manager.serverName = server.isEmpty ? nil : server
        for (field, value) in [("via", manager.via), ("server_name", server)] where !Self.isFieldValue(value) {
            report(.invalidValue, message[field]?.pointer ?? message.pointer, "has bytes that a header must not have")
        }
        read(message["server_header_transformation"], into: &manager.serverHeader)
        read(message["generate_request_id"], into: &manager.generateRequestID)
        read(message["preserve_external_request_id"], into: &manager.preservesExternalRequestID)
        read(message["always_set_request_id_in_response"], into: &manager.setsRequestIDInResponse)
    }

    private mutating func readClientCertificate(
        _ message: ConfigurationMessage,
        into forwarded: inout ForwardedClientCertificate
    ) {
        read(message["forward_client_cert_details"], into: &forwarded.action)
        guard let node = message["set_current_client_cert_details"],
            let fields = self.message(node, .clientCertificateDetails)
        else { return }
        read(fields["subject"], into: &forwarded.includesSubject)
        read(fields["cert"], into: &forwarded.includesCertificate)
        read(fields["chain"], into: &forwarded.includesChain)
        read(fields["dns"], into: &forwarded.includesDNS)
        read(fields["uri"], into: &forwarded.includesURI)
    }

    private mutating func readPath(_ message: ConfigurationMessage, into path: inout PathNormalization) {
        read(message["normalize_path"], into: &path.normalizes)
        read(message["merge_slashes"], into: &path.mergesSlashes)
        read(
            message["path_with_escaped_slashes_action"],
            into: &path.escapedSlashes,
            others: ["IMPLEMENTATION_SPECIFIC_DEFAULT": .keep]
        )
        read(message["strip_trailing_host_dot"], into: &path.stripsTrailingDot)
        let stripsMatching = bool(message["strip_matching_host_port"], standard: false)
        if stripsMatching { path.strippedPort = .matching }
        guard bool(message["strip_any_host_port"], standard: false) else { return }
        if stripsMatching, let node = message["strip_any_host_port"] {
            report(.duplicate, node.pointer, "give either strip_matching_host_port or strip_any_host_port")
        }
        path.strippedPort = .any
    }

    private mutating func filters(_ node: ConfigurationNode?, in message: ConfigurationMessage) -> [Router] {
        let filters: [Router] = list(node) { decoder, node in decoder.router(node) }
        if node?.elements.isEmpty ?? true {
            let pointer = node?.pointer ?? message.pointer
            report(.missing, pointer, "http_filters must end with envoy.filters.http.router")
        }
        if filters.count > 1, let node {
            report(.duplicate, node.pointer, "envoy.filters.http.router ends the chain and can stand there once")
        }
        return filters
    }

    /// What the router, the only filter so far, is told.
    private struct Router {
        var suppressesEnvoyHeaders = false
    }

    private mutating func router(_ node: ConfigurationNode) -> Router? {
        guard let message = message(node, .httpFilter) else { return nil }
        _ = name("name", in: message)
        guard let (_, options) = extensionConfig(in: message, [.router]) else { return nil }
        var router = Router()
        read(options["suppress_envoy_headers"], into: &router.suppressesEnvoyHeaders)
        return router
    }
}
