extension BootstrapDecoder {
    private static var filterNames: [String] {
        [
            "status_code_filter", "duration_filter", "response_flag_filter", "not_health_check_filter", "and_filter",
            "or_filter",
        ]
    }

    /// The response flags that Envoy knows.
    private static var flags: [String] {
        [
            "LH", "UH", "UT", "LR", "UR", "UF", "UC", "UO", "NR", "DI", "FI", "RL", "UAEX", "RLSE", "DC", "URX", "SI",
            "IH", "DPE", "UMSDR", "RFCF", "NFCF", "DT", "UPE", "NC", "OM", "DF", "DO", "DR", "UDO",
        ]
    }

    /// An `accesslog.v3.AccessLogFilter`; 8 may stand in each other.
    mutating func accessLogFilter(_ node: ConfigurationNode, depth: Int) -> AccessLogFilter? {
        guard depth < 8 else {
            report(.invalidValue, node.pointer, "more than 8 filters stand in each other")
            return nil
        }
        guard let message = message(node, .accessLogFilter),
            let (field, value) = oneOf(Self.filterNames, in: message, isRequired: true)
        else { return nil }
        switch field {
        case "status_code_filter": return comparison(value).map { .status($0, $1) }
        case "duration_filter": return comparison(value).map { .duration($0, $1) }
        case "response_flag_filter":
            guard let fields = self.message(value, .responseFlagFilter) else { return nil }
            return .responseFlags(list(fields["flags"]) { decoder, node in decoder.choice(node, Self.flags) })
        case "not_health_check_filter":
            return self.message(value, .notHealthCheckFilter).map { _ in .notHealthCheck }
        default:
            guard let fields = self.message(value, .filterList) else { return nil }
            let filters: [AccessLogFilter] = list(fields["filters"]) { decoder, node in
                decoder.accessLogFilter(node, depth: depth + 1)
            }
            if (fields["filters"]?.elements.count ?? 0) < 2 {
                report(.missing, value.pointer, "filters must have at least two elements")
            }
            return field == "and_filter" ? .all(filters) : .any(filters)
        }
    }

    private mutating func comparison(_ node: ConfigurationNode) -> (AccessLogFilter.Comparison, Int)? {
        guard let message = message(node, .comparisonFilter), let field = required("comparison", in: message),
            let fields = self.message(field, .comparison)
        else { return nil }
        var operation = AccessLogFilter.Comparison.equal
        read(fields["op"], into: &operation)
        var number = 0
        if let value = fields["value"], let members = self.message(value, .runtimeInteger) {
            read(members["default_value"], in: 0...Self.maxWeight, into: &number)
            var key = ""
            read(members["runtime_key"], into: &key)
        }
        return (operation, number)
    }

    /// A `HttpConnectionManager.Tracing`.
    mutating func tracing(_ node: ConfigurationNode) -> TracingConfiguration? {
        guard let message = message(node, .tracing) else { return nil }
        guard let provider = required("provider", in: message),
            let (_, settings) = extensionConfig(provider, .tracingProvider, [.openTelemetry]),
            let service = required("http_service", in: settings), let http = self.message(service, .httpService),
            let target = required("http_uri", in: http), let fields = self.message(target, .httpURI),
            let uri = name("uri", in: fields),
            let cluster = required("cluster", in: fields).flatMap({ clusterName($0) })
        else { return nil }
        var tracing = TracingConfiguration(cluster: cluster, uri: uri)
        read(required("timeout", in: fields), into: &tracing.timeout)
        readPercent(message["random_sampling"], into: &tracing.randomSampling)
        readPercent(message["overall_sampling"], into: &tracing.overallSampling)
        var name = ""
        read(settings["service_name"], into: &name)
        if !name.isEmpty { tracing.serviceName = name }
        return tracing
    }
}
