import JSON

extension BootstrapDecoder {
    /// A `route.v3.RouteAction`, of a route whose path is matched by a template if it is.
    mutating func forward(_ node: ConfigurationNode, matched template: PathTemplate?) -> ForwardAction? {
        guard let message = message(node, .routeAction) else { return nil }
        let targets = ["cluster", "weighted_clusters", "cluster_header"]
        let given = oneOf(targets, in: message, isRequired: true)
        let target = given.flatMap { clusterTarget($0.name, $0.node) }
        var action = ForwardAction(target: target ?? .cluster(""))
        if let field = message["cluster_not_found_response_code"] {
            let statuses = ["SERVICE_UNAVAILABLE": 503, "NOT_FOUND": 404, "INTERNAL_SERVER_ERROR": 500]
            let name = choice(field, ["SERVICE_UNAVAILABLE", "NOT_FOUND", "INTERNAL_SERVER_ERROR"])
            action.clusterNotFoundStatus = statuses[name ?? ""] ?? 503
        }
        readTimeout(message["timeout"], into: &action.timeout)
        action.grpcTimeout = grpcTimeoutLimit(message["max_grpc_timeout"], message["grpc_timeout_offset"])
        action.idleTimeout = timeoutOverride(message["idle_timeout"])
        action.maxStreamDuration = message["max_stream_duration"].flatMap { maxStreamDuration($0) }
        readRewrites(message, matched: template, into: &action)
        action.retryPolicy = message["retry_policy"].map { retryPolicy($0) }
        action.hashPolicies = list(message["hash_policy"]) { decoder, node in decoder.hashPolicy(node) }
        action.upgrades = upgrades(message["upgrade_configs"], .routeUpgrade)
        return target == nil ? nil : action
    }

    private mutating func clusterTarget(_ field: String, _ node: ConfigurationNode) -> ClusterTarget? {
        switch field {
        case "cluster": return clusterName(node).map { .cluster($0) }
        case "weighted_clusters": return weightedClusters(node)
        default:
            guard let name = string(node) else { return nil }
            guard Self.isToken(name) || name == ":authority" else {
                report(.invalidValue, node.pointer, "\"\(name)\" is not the name of a header")
                return nil
            }
            return .header(name.lowercased())
        }
    }

    private mutating func weightedClusters(_ node: ConfigurationNode) -> ClusterTarget? {
        guard let message = message(node, .weightedClusters) else { return nil }
        let clusters: [WeightedCluster] = list(message["clusters"]) { decoder, node in
            guard let fields = decoder.message(node, .clusterWeight),
                let name = decoder.required("name", in: fields).flatMap({ decoder.clusterName($0) }),
                let weight = decoder.required("weight", in: fields).flatMap({
                    decoder.integer($0, in: 0...Self.maxWeight)
                })
            else { return nil }
            var cluster = WeightedCluster(name: name, weight: UInt32(clamping: weight))
            cluster.headers = decoder.headerMutations(fields)
            cluster.hostRewrite = fields["host_rewrite_literal"].flatMap { decoder.host($0) }
            return cluster
        }
        guard let list = required("clusters", in: message) else { return nil }
        var total = 0
        read(message["total_weight"], in: 1...Self.maxWeight, into: &total)
        let sum = clusters.reduce(0) { $0 + Int($1.weight) }
        if total > 0, total != sum, let node = message["total_weight"] {
            report(.invalidValue, node.pointer, "the weights sum up to \(sum), not \(total); remove the field")
        }
        return weighted(clusters, list)
    }

    private mutating func readRewrites(
        _ message: ConfigurationMessage,
        matched template: PathTemplate?,
        into action: inout ForwardAction
    ) {
        read(message["append_x_forwarded_host"], into: &action.appendsForwardedHost)
        let isPlain = message["prefix_rewrite"]?.value.string?.isEmpty ?? false
        let rewrites = (isPlain ? [] : ["prefix_rewrite"]) + ["regex_rewrite", "path_rewrite_policy"]
        if let (field, value) = oneOf(rewrites, in: message) {
            action.pathRewrite =
                switch field {
                case "prefix_rewrite": path(value).map { .prefix($0) }
                case "regex_rewrite": regexRewrite(value).map { .regex($0) }
                default: templateRewrite(value, of: template).map { .regex($0) }
                }
        }
        let names = ["host_rewrite_literal", "auto_host_rewrite", "host_rewrite_header", "host_rewrite_path_regex"]
        guard let (field, value) = oneOf(names, in: message) else { return }
        switch field {
        case "host_rewrite_literal": action.hostRewrite = host(value).map { .literal($0) }
        case "auto_host_rewrite": action.hostRewrite = bool(value, standard: false) ? .automatic : nil
        case "host_rewrite_header":
            guard let name = string(value) else { return }
            guard Self.isToken(name) else {
                report(.invalidValue, value.pointer, "\"\(name)\" is not the name of a header")
                return
            }
            action.hostRewrite = .header(name.lowercased())
        default: action.hostRewrite = regexRewrite(value).map { .pathRegex($0) }
        }
    }

    private mutating func maxStreamDuration(_ node: ConfigurationNode) -> MaxStreamDuration? {
        guard let message = message(node, .maxStreamDuration) else { return nil }
        var duration = MaxStreamDuration()
        duration.limit = timeoutOverride(message["max_stream_duration"])
        let fields = (message["grpc_timeout_header_max"], message["grpc_timeout_header_offset"])
        duration.grpcTimeout = grpcTimeoutLimit(fields.0, fields.1)
        return duration
    }

    private mutating func grpcTimeoutLimit(
        _ longest: ConfigurationNode?,
        _ offset: ConfigurationNode?
    ) -> GRPCTimeoutLimit {
        var limit = GRPCTimeoutLimit()
        limit.longest = longest.flatMap { duration($0) }
        read(offset, into: &limit.offset)
        return limit
    }

    /// A path that can be sent as it is.
    mutating func path(_ node: ConfigurationNode) -> String? {
        guard let text = string(node) else { return nil }
        guard text.utf8.first == UInt8(ascii: "/"), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x23 }) else {
            report(.invalidValue, node.pointer, "must be a path that begins with / and needs no escaping")
            return nil
        }
        return text
    }

    /// A host with an optional port that can be sent as it is.
    mutating func host(_ node: ConfigurationNode) -> String? {
        guard let text = string(node) else { return nil }
        if text.isEmpty { return nil }
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x2F && $0 != 0x40 && $0 != 0x3F && $0 != 0x23 }) else {
            report(.invalidValue, node.pointer, "\"\(text)\" is not a host with an optional port")
            return nil
        }
        return text
    }
}
