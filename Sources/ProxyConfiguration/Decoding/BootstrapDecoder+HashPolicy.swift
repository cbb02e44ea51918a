extension BootstrapDecoder {
    /// A `route.v3.RouteAction.HashPolicy`.
    mutating func hashPolicy(_ node: ConfigurationNode) -> HashPolicy? {
        guard let message = message(node, .hashPolicy) else { return nil }
        let isTerminal = bool(message["terminal"], standard: false)
        let names = ["header", "cookie", "connection_properties", "query_parameter"]
        guard let (field, value) = oneOf(names, in: message, isRequired: true) else { return nil }
        let source: HashPolicy.Source? =
            switch field {
            case "header": hashHeader(value)
            case "cookie": hashCookie(value)
            case "connection_properties": hashConnection(value)
            default:
                self.message(value, .hashQuery).flatMap { name("name", in: $0) }.map { .queryParameter($0) }
            }
        return source.map { HashPolicy($0, isTerminal: isTerminal) }
    }

    private mutating func hashHeader(_ node: ConfigurationNode) -> HashPolicy.Source? {
        guard let message = message(node, .hashHeader), let name = headerName("header_name", in: message) else {
            return nil
        }
        return .header(name.lowercased(), message["regex_rewrite"].flatMap { regexRewrite($0) })
    }

    private mutating func hashConnection(_ node: ConfigurationNode) -> HashPolicy.Source? {
        guard let message = message(node, .hashConnection) else { return nil }
        guard bool(message["source_ip"], standard: false) else {
            report(.missing, node.pointer, "source_ip: true is missing; without it nothing is hashed")
            return nil
        }
        return .sourceAddress
    }

    private mutating func hashCookie(_ node: ConfigurationNode) -> HashPolicy.Source? {
        guard let message = message(node, .hashCookie), let name = name("name", in: message) else { return nil }
        guard Self.isToken(name) else {
            report(.invalidValue, message["name"]?.pointer ?? node.pointer, "\"\(name)\" is not the name of a cookie")
            return nil
        }
        var cookie = HashCookie(name: name)
        cookie.lifetime = message["ttl"].flatMap { duration($0) }
        read(message["path"], into: &cookie.path)
        guard cookie.path.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x3B }) else {
            report(.invalidValue, message["path"]?.pointer ?? node.pointer, "is not a path for a cookie")
            return nil
        }
        return .cookie(cookie)
    }
}
