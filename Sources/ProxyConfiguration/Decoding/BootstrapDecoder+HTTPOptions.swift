extension BootstrapDecoder {
    /// A `core.v3.HttpProtocolOptions`.
    mutating func httpOptions(_ node: ConfigurationNode) -> HTTPOptions {
        var options = HTTPOptions()
        guard let message = message(node, .httpProtocolOptions) else { return options }
        options.idleTimeout = timeoutOverride(message["idle_timeout"])
        read(message["max_headers_count"], in: 1...10_000, into: &options.maxHeadersCount)
        readTimeout(message["max_connection_duration"], into: &options.maxConnectionDuration)
        read(message["max_requests_per_connection"], in: 0...Self.maxWeight, into: &options.maxRequestsPerConnection)
        if options.maxRequestsPerConnection == 0 { options.maxRequestsPerConnection = nil }
        readTimeout(message["max_stream_duration"], into: &options.maxStreamDuration)
        read(message["headers_with_underscores_action"], into: &options.underscores)
        return options
    }

    /// A `core.v3.Http1ProtocolOptions`.
    mutating func http1Options(_ node: ConfigurationNode) -> HTTP1Options {
        var options = HTTP1Options()
        guard let message = message(node, .http1ProtocolOptions) else { return options }
        read(message["accept_http_10"], into: &options.acceptsHTTP10)
        expect(message["allow_absolute_url"], true, "absolute URLs are always allowed (RFC 9112); remove the field")
        expect(message["enable_trailers"], true, "trailers are always forwarded; remove the field")
        if let format = message["header_key_format"], let fields = self.message(format, .headerKeyFormat),
            let formatter = required("stateful_formatter", in: fields)
        {
            _ = extensionConfig(formatter, .typedExtension, [.preserveCase])
        }
        return options
    }

    /// A `core.v3.Http2ProtocolOptions`.
    mutating func http2Options(_ node: ConfigurationNode) -> HTTP2Options {
        var options = HTTP2Options()
        guard let message = message(node, .http2ProtocolOptions) else { return options }
        let largest = Int(Int32.max)
        read(message["max_concurrent_streams"], in: 1...largest, into: &options.maxConcurrentStreams)
        read(message["initial_stream_window_size"], in: 65_535...largest, into: &options.initialStreamWindow)
        read(message["initial_connection_window_size"], in: 65_535...largest, into: &options.initialConnectionWindow)
        read(message["hpack_table_size"], in: 0...(1 << 20), into: &options.headerTableSize)
        options.connectionKeepalive = message["connection_keepalive"].flatMap { keepalive($0) }
        return options
    }

    /// A `core.v3.KeepaliveSettings`.
    private mutating func keepalive(_ node: ConfigurationNode) -> KeepaliveSettings? {
        guard let message = message(node, .keepaliveSettings) else { return nil }
        let shortest = Duration.milliseconds(1)
        var settings = KeepaliveSettings(timeout: shortest)
        read(required("timeout", in: message), atLeast: shortest, into: &settings.timeout)
        read(message["interval"], atLeast: shortest, into: &settings.interval)
        readPercent(message["interval_jitter"], into: &settings.intervalJitter)
        read(message["connection_idle_interval"], atLeast: shortest, into: &settings.connectionIdleInterval)
        return settings
    }

    /// The `upgrade_configs` of a manager or a route.
    mutating func upgrades(_ node: ConfigurationNode?, _ schema: MessageSchema) -> [UpgradeConfiguration] {
        let all: [UpgradeConfiguration] = list(node) { decoder, node in
            guard let message = decoder.message(node, schema), let type = decoder.required("upgrade_type", in: message)
            else { return nil }
            guard let text = decoder.string(type) else { return nil }
            // The names of upgrades know no letter case.
            guard let kind = UpgradeConfiguration.Kind(rawValue: text.lowercased()) else {
                decoder.report(.unsupported, type.pointer, "upgrades to \"\(text)\" are not supported; use websocket")
                return nil
            }
            return UpgradeConfiguration(kind, isEnabled: decoder.bool(message["enabled"], standard: true))
        }
        if Set(all.map(\.kind)).count < all.count, let node {
            report(.duplicate, node.pointer, "an upgrade stands there more than once")
        }
        return all
    }
}
