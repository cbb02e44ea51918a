import JSON

extension BootstrapDecoder {
    private static var managerType: String {
        "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
    }

    /// A `listener.v3.Listener`; every cluster that its routes name must be among `clusters`.
    mutating func listener(_ node: ConfigurationNode, clusters: [String]) -> ListenerConfiguration? {
        guard let message = message(node, .listener) else { return nil }
        let name = message["name"].flatMap { string($0) } ?? ""
        if let direction = message["traffic_direction"] {
            _ = choice(direction, ["UNSPECIFIED", "INBOUND", "OUTBOUND"])
        }
        var address: NetworkAddress?
        if let field = message["address"] {
            address = self.address(field)
        } else {
            report(.missing, node.pointer, "address is missing")
        }
        guard let chain = onlyElement("filter_chains", of: message) else { return nil }
        let filterChain = filterChain(chain, clusters: clusters)
        guard let address, let filterChain else { return nil }
        return ListenerConfiguration(name: name, address: address, filterChain: filterChain)
    }

    private mutating func filterChain(_ node: ConfigurationNode, clusters: [String]) -> FilterChain? {
        guard let message = message(node, .filterChain) else { return nil }
        if let name = message["name"] { _ = string(name) }
        guard let filter = onlyElement("filters", of: message), let fields = self.message(filter, .filter) else {
            return nil
        }
        _ = name("name", in: fields)
        guard let config = fields["typed_config"] else {
            report(.missing, filter.pointer, "typed_config is missing")
            return nil
        }
        guard hasType(config, Self.managerType) else { return nil }
        return connectionManager(config, clusters: clusters).map { .http($0) }
    }

    /// Checks the `@type` of a `typed_config`.
    mutating func hasType(_ node: ConfigurationNode, _ expected: String) -> Bool {
        guard node.value.object != nil else {
            report(.wrongType, node.pointer, "must be a mapping with an @type")
            return false
        }
        guard let type = node.value["@type"]?.string else {
            report(.missing, node.pointer, "@type is missing; known here: \(expected)")
            return false
        }
        guard type == expected else {
            report(.unsupported, node.pointer.appending("@type"), "\(type) is not supported; known here: \(expected)")
            return false
        }
        return true
    }

    /// The element of a list that must have exactly one.
    private mutating func onlyElement(_ field: String, of message: ConfigurationMessage) -> ConfigurationNode? {
        guard let node = message[field] else {
            report(.missing, message.pointer, "\(field) is missing")
            return nil
        }
        guard node.value.array != nil else {
            report(.wrongType, node.pointer, "must be a list")
            return nil
        }
        guard let first = node.elements.first else {
            report(.missing, node.pointer, "must have an element")
            return nil
        }
        if node.elements.count > 1 {
            report(.unsupported, node.pointer.appending(1), "only one element of \(field) is supported yet")
        }
        return first
    }
}
