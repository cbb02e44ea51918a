import JSON

extension BootstrapDecoder {
    /// A `route.v3.RouteConfiguration`, whose domains must differ.
    mutating func routeConfiguration(_ node: ConfigurationNode) -> RouteConfiguration {
        var result = RouteConfiguration()
        guard let message = message(node, .routeConfiguration) else { return result }
        read(message["name"], into: &result.name)
        result.headers = headerMutations(message)
        read(message["most_specific_header_mutations_wins"], into: &result.mostSpecificHeadersWin)
        read(message["ignore_port_in_host_matching"], into: &result.ignoresPort)
        expect(message["validate_clusters"], true, "routes may only name clusters that exist; remove the field")
        result.virtualHosts = list(message["virtual_hosts"]) { decoder, node in decoder.virtualHost(node) }
        rejectDuplicateDomains(message["virtual_hosts"])
        return result
    }

    private mutating func rejectDuplicateDomains(_ node: ConfigurationNode?) {
        var seen: [String: String] = [:]
        for host in node?.elements ?? [] {
            let name = host.value["name"]?.string ?? ""
            for (index, element) in (host.value["domains"]?.array ?? []).enumerated() {
                guard let domain = element.string?.lowercased() else { continue }
                guard let other = seen.updateValue(name, forKey: domain) else { continue }
                let pointer = host.pointer.appending("domains").appending(index)
                report(
                    .duplicate,
                    pointer,
                    "the domain \"\(domain)\" stands in more than one place, first in \"\(other)\""
                )
            }
        }
    }

    private mutating func virtualHost(_ node: ConfigurationNode) -> VirtualHost? {
        guard let message = message(node, .virtualHost) else { return nil }
        let name = name("name", in: message)
        let domains: [String] = list(message["domains"]) { decoder, node in decoder.domain(node) }
        if message["domains"]?.elements.isEmpty ?? true {
            report(.missing, node.pointer, "domains must have an element; \"*\" stands for all")
        }
        let routes: [Route] = list(message["routes"]) { decoder, node in decoder.route(node) }
        var host = VirtualHost(name: name ?? "", domains: domains, routes: routes)
        read(message["require_tls"], into: &host.requiresTLS)
        host.headers = headerMutations(message)
        host.retryPolicy = message["retry_policy"].map { retryPolicy($0) }
        read(message["include_request_attempt_count"], into: &host.includesRequestAttemptCount)
        read(message["include_attempt_count_in_response"], into: &host.includesAttemptCountInResponse)
        return name == nil ? nil : host
    }

    private mutating func domain(_ node: ConfigurationNode) -> String? {
        guard let domain = string(node) else { return nil }
        let stars = domain.utf8.count { $0 == UInt8(ascii: "*") }
        let isAtEdge = domain.utf8.first == UInt8(ascii: "*") || domain.utf8.last == UInt8(ascii: "*")
        guard !domain.isEmpty, stars == 0 || stars == 1 && isAtEdge, Self.isFieldValue(domain) else {
            report(.invalidValue, node.pointer, "\"\(domain)\" is not a domain, *suffix, prefix* or *")
            return nil
        }
        return domain
    }

    private mutating func route(_ node: ConfigurationNode) -> Route? {
        guard let message = message(node, .route) else { return nil }
        let match = required("match", in: message).flatMap { routeMatch($0) }
        guard let (field, value) = oneOf(["route", "redirect", "direct_response"], in: message, isRequired: true) else {
            return nil
        }
        let action: RouteAction? =
            switch field {
            case "route": forward(value, matched: match?.template).map { .forward($0) }
            case "redirect": redirect(value).map { .redirect($0) }
            default: directResponse(value)
            }
        let headers = headerMutations(message)
        guard let match, let action else { return nil }
        var route = Route(match: match, action: action)
        read(message["name"], into: &route.name)
        route.headers = headers
        if case .redirect(let redirect) = action, case .prefix = redirect.path, case .regex = match.path {
            report(.invalidValue, value.pointer.appending("prefix_rewrite"), Self.noPrefix)
        }
        if case .forward(let forward) = action, case .prefix? = forward.pathRewrite, case .regex = match.path {
            report(.invalidValue, value.pointer.appending("prefix_rewrite"), Self.noPrefix)
        }
        return route
    }

    private static var noPrefix: String {
        "the match is a safe_regex, which has no prefix to replace; use regex_rewrite"
    }

    private mutating func directResponse(_ node: ConfigurationNode) -> RouteAction? {
        guard let message = message(node, .directResponse) else { return nil }
        guard let status = required("status", in: message) else { return nil }
        var body: [UInt8] = []
        if let source = message["body"] {
            switch dataSource(source) {
            case .inline(let bytes)?: body = bytes
            case nil: break
            default:
                report(.unsupported, source.pointer, "only inline_string and inline_bytes are supported")
            }
            if body.count > 4096 { report(.invalidValue, source.pointer, "is longer than 4096 bytes") }
        }
        return integer(status, in: 200...599).map {
            .respond(status: $0, body: String(decoding: body, as: UTF8.self))
        }
    }
}
