import JSON

extension BootstrapDecoder {
    /// A `listener.v3.FilterChainMatch`.
    mutating func filterChainMatch(_ node: ConfigurationNode) -> FilterChainMatch {
        var match = FilterChainMatch()
        guard let message = message(node, .filterChainMatch) else { return match }
        match.serverNames = list(message["server_names"]) { decoder, node in decoder.serverName(node) }
        match.applicationProtocols = names(message["application_protocols"])
        if let field = message["transport_protocol"], let text = string(field), !text.isEmpty {
            let names = FilterChainMatch.TransportProtocol.allCases.map(\.rawValue)
            if let name = choice(field, names) { match.transportProtocol = .init(rawValue: name) }
        }
        return match
    }

    private mutating func serverName(_ node: ConfigurationNode) -> String? {
        guard let name = string(node) else { return nil }
        let rest = name.hasPrefix("*.") ? String(name.dropFirst(2)) : name
        guard !rest.isEmpty, !rest.utf8.contains(UInt8(ascii: "*")) else {
            let reason = "\"\(name)\" is neither a name nor *. and a suffix; leave server_names out for all names"
            report(.invalidValue, node.pointer, reason)
            return nil
        }
        return name.lowercased()
    }

    /// Refuses chains that no connection can reach.
    mutating func checkChains(of listener: ListenerConfiguration, in message: ConfigurationMessage) {
        guard let nodes = message["filter_chains"]?.elements, nodes.count == listener.filterChains.count else { return }
        var seen: Set<FilterChainMatch> = []
        for (chain, node) in zip(listener.filterChains, nodes) {
            // Each name and protocol counts for itself, as the chains are found by them.
            var isNew = true
            for single in Self.singles(chain.match) { isNew = seen.insert(single).inserted && isNew }
            if !isNew {
                let reason =
                    "another filter chain takes the same connections; give one of them another filter_chain_match"
                report(.duplicate, node.pointer, reason)
            }
            let needsInspection =
                chain.match.transportProtocol == .tls || !chain.match.serverNames.isEmpty
                || !chain.match.applicationProtocols.isEmpty
            if needsInspection, !listener.inspectsTLS {
                report(
                    .unresolved,
                    node.pointer.appending("filter_chain_match"),
                    "no connection can match: add envoy.filters.listener.tls_inspector to listener_filters"
                )
            }
        }
    }

    private static func singles(_ match: FilterChainMatch) -> [FilterChainMatch] {
        let names: [[String]] = match.serverNames.isEmpty ? [[]] : match.serverNames.map { [$0] }
        let protocols: [[String]] = match.applicationProtocols.isEmpty ? [[]] : match.applicationProtocols.map { [$0] }
        return names.flatMap { name in
            protocols.map { application in
                var single = match
                single.serverNames = name
                single.applicationProtocols = application
                return single
            }
        }
    }
}
