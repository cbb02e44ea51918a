import JSON

extension BootstrapDecoder {
    /// A `listener.v3.Listener`.
    mutating func listener(_ node: ConfigurationNode) -> ListenerConfiguration? {
        guard let message = message(node, .listener) else { return nil }
        var name = ""
        read(message["name"], into: &name)
        let address = required("address", in: message).flatMap { self.address($0) }
        let chains: [FilterChain] = list(message["filter_chains"]) { decoder, node in decoder.filterChain(node) }
        var listener = ListenerConfiguration(
            name: name,
            address: address ?? NetworkAddress(host: "", port: 0),
            filterChains: chains
        )
        listener.defaultFilterChain = message["default_filter_chain"].flatMap { filterChain($0) }
        if message["filter_chains"]?.elements.isEmpty ?? true, message["default_filter_chain"] == nil {
            let pointer = message["filter_chains"]?.pointer ?? node.pointer
            report(.missing, pointer, "filter_chains must have an element")
        }
        readInspection(message, into: &listener)
        readTimeout(message["listener_filters_timeout"], into: &listener.inspectionTimeout)
        read(message["continue_on_listener_filters_timeout"], into: &listener.continuesOnInspectionTimeout)
        read(message["per_connection_buffer_limit_bytes"], in: 1...Int(Int32.max), into: &listener.bufferLimit)
        read(message["traffic_direction"], into: &listener.direction)
        checkChains(of: listener, in: message)
        return address == nil ? nil : listener
    }

    private mutating func readInspection(_ message: ConfigurationMessage, into listener: inout ListenerConfiguration) {
        let filters: [Bool] = list(message["listener_filters"]) { decoder, node in
            decoder.extensionConfig(node, .listenerFilter, [.tlsInspector]) != nil
        }
        listener.inspectsTLS = !filters.isEmpty
        if filters.count > 1, let node = message["listener_filters"] {
            report(.duplicate, node.pointer.appending(1), "the tls_inspector needs to stand there only once")
        }
    }

    private mutating func filterChain(_ node: ConfigurationNode) -> FilterChain? {
        guard let message = message(node, .filterChain) else { return nil }
        var match = FilterChainMatch()
        if let field = message["filter_chain_match"] { match = filterChainMatch(field) }
        var tls: DownstreamTLSContext?
        if let socket = message["transport_socket"] { tls = downstreamTLS(socket) }
        guard let filters = required("filters", in: message) else { return nil }
        let all: [NetworkFilter] = list(filters) { decoder, node in decoder.networkFilter(node) }
        if filters.value.array?.isEmpty == true {
            report(.missing, filters.pointer, "must have an element")
        }
        if filters.elements.count > 1 {
            report(.unsupported, filters.pointer.appending(0), "only one filter is supported, which ends the chain")
        }
        guard let filter = all.first else { return nil }
        var chain = FilterChain(filter)
        read(message["name"], into: &chain.name)
        chain.match = match
        chain.tls = tls
        readTimeout(message["transport_socket_connect_timeout"], into: &chain.handshakeTimeout)
        return chain
    }

    private mutating func networkFilter(_ node: ConfigurationNode) -> NetworkFilter? {
        guard let message = message(node, .filter) else { return nil }
        _ = name("name", in: message)
        guard let config = required("typed_config", in: message),
            let (schema, fields) = typed(config, [.connectionManager, .tcpProxy])
        else { return nil }
        if schema.fullName == MessageSchema.tcpProxy.fullName { return tcpProxy(fields).map { .tcp($0) } }
        return connectionManager(fields).map { .http($0) }
    }
}
