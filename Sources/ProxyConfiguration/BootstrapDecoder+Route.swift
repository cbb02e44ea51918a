extension BootstrapDecoder {
    /// The virtual hosts of a `route.v3.RouteConfiguration`, whose domains must differ.
    mutating func virtualHosts(_ node: ConfigurationNode, clusters: [String]) -> [VirtualHost] {
        guard let message = message(node, .routeConfiguration) else { return [] }
        if let name = message["name"] { _ = string(name) }
        let hosts: [VirtualHost] = list(message["virtual_hosts"]) { decoder, node in
            decoder.virtualHost(node, clusters: clusters)
        }
        var seen: Set<String> = []
        for domain in hosts.flatMap(\.domains) where !seen.insert(domain.lowercased()).inserted {
            let pointer = message["virtual_hosts"]?.pointer ?? node.pointer
            report(.duplicate, pointer, "the domain \"\(domain)\" stands in more than one place")
        }
        return hosts
    }

    private mutating func virtualHost(_ node: ConfigurationNode, clusters: [String]) -> VirtualHost? {
        guard let message = message(node, .virtualHost) else { return nil }
        let name = name("name", in: message)
        let domains: [String] = list(message["domains"]) { decoder, node in decoder.domain(node) }
        if message["domains"] == nil || message["domains"]?.elements.isEmpty == true {
            report(.missing, node.pointer, "domains must have an element; \"*\" stands for all")
        }
        let routes: [Route] = list(message["routes"]) { decoder, node in
            decoder.route(node, clusters: clusters)
        }
        return name.map { VirtualHost(name: $0, domains: domains, routes: routes) }
    }

    private mutating func domain(_ node: ConfigurationNode) -> String? {
        guard let domain = string(node) else { return nil }
        let stars = domain.utf8.count { $0 == UInt8(ascii: "*") }
        let isAtEdge = domain.utf8.first == UInt8(ascii: "*") || domain.utf8.last == UInt8(ascii: "*")
        guard !domain.isEmpty, stars == 0 || stars == 1 && isAtEdge else {
            report(.invalidValue, node.pointer, "\"\(domain)\" is not a domain, *suffix, prefix* or *")
            return nil
        }
        return domain
    }

    private mutating func route(_ node: ConfigurationNode, clusters: [String]) -> Route? {
        guard let message = message(node, .route) else { return nil }
        if let name = message["name"] { _ = string(name) }
        var match: PathMatch?
        if let field = message["match"] {
            match = pathMatch(field)
        } else {
            report(.missing, node.pointer, "match is missing")
        }
        var action: RouteAction?
        switch (message["route"], message["direct_response"]) {
        case (let route?, nil): action = forward(route, clusters: clusters)
        case (nil, let response?): action = respond(response)
        case (nil, nil): report(.missing, node.pointer, "route or direct_response is missing")
        case (_?, let response?): report(.duplicate, response.pointer, "give either route or direct_response")
        }
        guard let match, let action else { return nil }
        return Route(match: RouteMatch(match), action: action)
    }

    private mutating func pathMatch(_ node: ConfigurationNode) -> PathMatch? {
        guard let message = message(node, .routeMatch) else { return nil }
        switch (message["prefix"], message["path"]) {
        case (let prefix?, nil): return string(prefix).map { .prefix($0) }
        case (nil, let path?): return string(path).map { .path($0) }
        case (nil, nil): report(.missing, node.pointer, "prefix or path is missing")
        case (_?, let path?): report(.duplicate, path.pointer, "give either prefix or path")
        }
        return nil
    }

    private mutating func forward(_ node: ConfigurationNode, clusters: [String]) -> RouteAction? {
        guard let message = message(node, .routeAction), let cluster = name("cluster", in: message) else { return nil }
        if !clusters.contains(cluster) {
            let nearest = EditDistance.nearest(to: cluster, among: clusters)
            let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "known: \(clusters.joined(separator: ", "))"
            let pointer = message["cluster"]?.pointer ?? node.pointer
            report(.unresolved, pointer, "there is no cluster \"\(cluster)\"; \(hint)")
        }
        var action = ForwardAction(cluster: cluster)
        action.timeout = timeout(message["timeout"], standard: nil)
        if let rewrite = message["prefix_rewrite"], let text = string(rewrite), !text.isEmpty {
            if text.utf8.first == UInt8(ascii: "/"), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x23 }) {
                action.pathRewrite = .prefix(text)
            } else {
                report(.invalidValue, rewrite.pointer, "must be a path that begins with / and needs no escaping")
            }
        }
        return .forward(action)
    }

    private mutating func respond(_ node: ConfigurationNode) -> RouteAction? {
        guard let message = message(node, .directResponse) else { return nil }
        guard let status = message["status"] else {
            report(.missing, node.pointer, "status is missing")
            return nil
        }
        var body = ""
        if let source = message["body"], let fields = self.message(source, .dataSource) {
            body = fields["inline_string"].flatMap { string($0) } ?? ""
            if body.utf8.count > 4096, let text = fields["inline_string"] {
                report(.invalidValue, text.pointer, "is longer than 4096 bytes")
            }
        }
        return integer(status, in: 200...599).map { .respond(status: $0, body: body) }
    }
}
