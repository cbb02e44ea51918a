import RegularExpressions

extension BootstrapDecoder {
    /// A `route.v3.RouteMatch`.
    mutating func routeMatch(_ node: ConfigurationNode) -> RouteMatch? {
        guard let message = message(node, .routeMatch) else { return nil }
        let names = ["prefix", "path", "path_separated_prefix", "safe_regex", "path_match_policy"]
        guard let (field, value) = oneOf(names, in: message, isRequired: true) else { return nil }
        let template = field == "path_match_policy" ? pathTemplate(value) : nil
        let path: PathMatch? =
            switch field {
            case "path_match_policy": template.map { .regex($0.expression) }
            case "prefix": string(value).map { .prefix($0) }
            case "path": string(value).map { .path($0) }
            case "path_separated_prefix": separatedPrefix(value)
            default: regexMatcher(value).map { .regex($0) }
            }
        guard let path else { return nil }
        var match = RouteMatch(path)
        match.template = template
        read(message["case_sensitive"], into: &match.isCaseSensitive)
        match.headers = list(message["headers"]) { decoder, node in decoder.headerMatcher(node) }
        match.queryParameters = list(message["query_parameters"]) { decoder, node in
            decoder.queryParameterMatcher(node)
        }
        match.cookies = list(message["cookies"]) { decoder, node in decoder.cookieMatcher(node) }
        if let field = message["tls_context"], let options = self.message(field, .tlsContextMatch) {
            match.presentsCertificate = options["presented"].map { bool($0, standard: false) }
            match.hasValidCertificate = options["validated"].map { bool($0, standard: false) }
        }
        if let grpc = message["grpc"] { match.requiresGRPC = self.message(grpc, .grpcMatch) != nil }
        match.fraction = message["runtime_fraction"].flatMap { fraction($0) }
        return match
    }

    private mutating func pathTemplate(_ node: ConfigurationNode) -> PathTemplate? {
        guard let (_, message) = extensionConfig(node, .typedExtension, [.templateMatch]),
            let field = required("path_template", in: message), let text = string(field)
        else { return nil }
        do throws(PathTemplate.Fault) {
            let template = try PathTemplate(text)
            guard (try? RegularExpression(template.expression)) != nil else {
                throw PathTemplate.Fault(reason: "the template is too long, or has too many * and names, to be matched")
            }
            return template
        } catch {
            report(.invalidValue, field.pointer, error.reason)
            return nil
        }
    }

    /// A rewrite by the template of the route's match.
    mutating func templateRewrite(_ node: ConfigurationNode, of template: PathTemplate?) -> RegexRewrite? {
        guard let (_, message) = extensionConfig(node, .typedExtension, [.templateRewrite]),
            let field = required("path_template_rewrite", in: message), let text = string(field)
        else { return nil }
        guard let template else {
            report(.invalidValue, node.pointer, "the route's match has no path_match_policy to take the parts from")
            return nil
        }
        do throws(PathTemplate.Fault) {
            return try template.rewrite(text)
        } catch {
            report(.invalidValue, field.pointer, error.reason)
            return nil
        }
    }

    private mutating func separatedPrefix(_ node: ConfigurationNode) -> PathMatch? {
        guard let text = string(node) else { return nil }
        let isSound =
            text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "/") && text.utf8.last != UInt8(ascii: "/")
            && !text.utf8.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        guard isSound else {
            report(.invalidValue, node.pointer, "must begin with /, not end with it, and have neither ? nor #")
            return nil
        }
        return .separatedPrefix(text)
    }

    private mutating func fraction(_ node: ConfigurationNode) -> RequestFraction? {
        guard let message = message(node, .runtimeFraction) else { return nil }
        var key = ""
        read(message["runtime_key"], into: &key)
        guard let value = required("default_value", in: message), let fields = self.message(value, .fractionalPercent)
        else { return nil }
        var numerator = 0
        read(fields["numerator"], in: 0...Self.maxWeight, into: &numerator)
        let units = ["HUNDRED": 100, "TEN_THOUSAND": 10_000, "MILLION": 1_000_000] as [String: UInt32]
        let unit = fields["denominator"].flatMap { choice($0, ["HUNDRED", "TEN_THOUSAND", "MILLION"]) }
        return RequestFraction(numerator: UInt32(clamping: numerator), denominator: units[unit ?? ""] ?? 100)
    }

    mutating func headerMatcher(_ node: ConfigurationNode) -> HeaderMatcher? {
        guard let message = message(node, .headerMatcher), let name = headerName("name", in: message) else {
            return nil
        }
        var matcher = HeaderMatcher(name.lowercased())
        read(message["invert_match"], into: &matcher.isInverted)
        read(message["treat_missing_header_as_empty"], into: &matcher.treatsMissingAsEmpty)
        let names = [
            "string_match", "range_match", "present_match", "exact_match", "prefix_match", "suffix_match",
            "contains_match", "safe_regex_match",
        ]
        guard let (field, value) = oneOf(names, in: message) else { return matcher }
        let condition: HeaderMatcher.Condition? =
            switch field {
            case "string_match": stringMatcher(value).map { .string($0) }
            case "range_match": range(value).map { .range(start: Int64($0), end: Int64($1)) }
            case "present_match": .present(bool(value, standard: true))
            case "safe_regex_match": regexMatcher(value).map { .string(StringMatcher(.regex($0))) }
            case "exact_match": string(value).map { .string(StringMatcher(.exact($0))) }
            default: pattern(field.replacing("_match", with: ""), value).map { .string(StringMatcher($0)) }
            }
        guard let condition else { return nil }
        matcher.condition = condition
        return matcher
    }

    private mutating func queryParameterMatcher(_ node: ConfigurationNode) -> QueryParameterMatcher? {
        guard let message = message(node, .queryParameterMatcher), let name = name("name", in: message) else {
            return nil
        }
        if name.utf8.count > 1024, let field = message["name"] {
            report(.invalidValue, field.pointer, "is longer than 1024 bytes")
        }
        guard let (field, value) = oneOf(["string_match", "present_match"], in: message) else {
            return QueryParameterMatcher(name)
        }
        guard field == "string_match" else {
            return QueryParameterMatcher(name, .present(bool(value, standard: true)))
        }
        return stringMatcher(value).map { QueryParameterMatcher(name, .string($0)) }
    }

    private mutating func cookieMatcher(_ node: ConfigurationNode) -> CookieMatcher? {
        guard let message = message(node, .cookieMatcher) else { return nil }
        let name = name("name", in: message)
        let string = required("string_match", in: message).flatMap { stringMatcher($0) }
        guard let name, let string else { return nil }
        var matcher = CookieMatcher(name, string)
        read(message["invert_match"], into: &matcher.isInverted)
        return matcher
    }

    /// A `type.v3.Int64Range`.
    mutating func range(_ node: ConfigurationNode) -> (Int, Int)? {
        guard let message = message(node, .integerRange) else { return nil }
        var start = 0
        var end = 0
        read(message["start"], in: Int.min...Int.max, into: &start)
        read(message["end"], in: Int.min...Int.max, into: &end)
        return (start, end)
    }
}
