import JSON

extension BootstrapDecoder {
    private static var protocolOptionsKey: String { "envoy.extensions.upstreams.http.v3.HttpProtocolOptions" }

    /// What is said about HTTP toward endpoints, in the new way or the old one.
    mutating func readHTTP(_ message: ConfigurationMessage, into cluster: inout ClusterConfiguration) {
        let old = [
            "http2_protocol_options", "http_protocol_options", "common_http_protocol_options",
            "max_requests_per_connection",
        ]
        if let node = message["typed_extension_protocol_options"] {
            cluster.http = protocolOptions(node)
            if let field = old.first(where: { message[$0] != nil }), let other = message[field] {
                report(.duplicate, other.pointer, "give it in typed_extension_protocol_options")
            }
            return
        }
        if let node = message["http_protocol_options"] { _ = http1Options(node) }
        if let node = message["http2_protocol_options"] {
            cluster.http.version = .http2
            cluster.http.http2 = http2Options(node)
        }
        if let node = message["common_http_protocol_options"] { cluster.http.options = endpointOptions(node) }
    }

    /// A `core.v3.HttpProtocolOptions` toward endpoints, where connections end by idleness alone.
    private mutating func endpointOptions(_ node: ConfigurationNode) -> HTTPOptions {
        for member in node.value.object ?? [:] where !member.value.isNull {
            guard ["max_connection_duration", "max_requests_per_connection"].contains(Self.protoName(member.key)) else {
                continue
            }
            report(.unsupported, node.pointer.appending(member.key), "is not supported toward endpoints; remove it")
        }
        return httpOptions(node)
    }

    private mutating func protocolOptions(_ node: ConfigurationNode) -> UpstreamHTTPOptions {
        var options = UpstreamHTTPOptions()
        guard let object = node.value.object else {
            report(.wrongType, node.pointer, "must be a mapping")
            return options
        }
        for member in object {
            let pointer = node.pointer.appending(member.key)
            guard member.key == Self.protocolOptionsKey else {
                report(.unsupported, pointer, "\(member.key) is not supported; known here: \(Self.protocolOptionsKey)")
                continue
            }
            let value = ConfigurationNode(value: member.value, pointer: pointer)
            guard let (_, message) = typed(value, [.upstreamHTTP]) else { continue }
            readUpstream(message, into: &options)
        }
        return options
    }

    private mutating func readUpstream(_ message: ConfigurationMessage, into options: inout UpstreamHTTPOptions) {
        if let node = message["common_http_protocol_options"] { options.options = endpointOptions(node) }
        if let node = message["upstream_http_protocol_options"],
            let fields = self.message(node, .upstreamHTTPNames)
        {
            read(fields["auto_sni"], into: &options.automaticServerName)
            read(fields["auto_san_validation"], into: &options.automaticNameValidation)
        }
        let names = ["explicit_http_config", "use_downstream_protocol_config", "auto_config"]
        guard let (field, value) = oneOf(names, in: message, isRequired: true) else { return }
        switch field {
        case "explicit_http_config":
            guard let fields = self.message(value, .explicitHTTP) else { return }
            let versions = ["http_protocol_options", "http2_protocol_options"]
            guard let (version, node) = oneOf(versions, in: fields, isRequired: true) else { return }
            options.version = version == "http2_protocol_options" ? .http2 : .http1
            if options.version == .http2 { options.http2 = http2Options(node) } else { _ = http1Options(node) }
        default:
            options.version = field == "auto_config" ? .automatic : .downstream
            guard let fields = self.message(value, .eitherHTTP) else { return }
            if let node = fields["http_protocol_options"] { _ = http1Options(node) }
            if let node = fields["http2_protocol_options"] { options.http2 = http2Options(node) }
        }
    }
}
