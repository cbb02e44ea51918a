extension BootstrapDecoder {
    /// A `core.v3.HealthCheck`.
    mutating func healthCheck(_ node: ConfigurationNode) -> HealthCheck? {
        guard let message = message(node, .healthCheck) else { return nil }
        let names = ["http_health_check", "tcp_health_check", "grpc_health_check"]
        guard let (field, value) = oneOf(names, in: message, isRequired: true) else { return nil }
        let probe: HealthCheck.Probe? =
            switch field {
            case "http_health_check": httpProbe(value)
            case "tcp_health_check": tcpProbe(value)
            default: grpcProbe(value)
            }
        var check = HealthCheck(
            probe ?? .tcp(send: [], receive: []),
            timeout: .seconds(1),
            interval: .seconds(1),
            unhealthyThreshold: 1,
            healthyThreshold: 1
        )
        read(required("timeout", in: message), atLeast: .nanoseconds(1), into: &check.timeout)
        read(required("interval", in: message), atLeast: .nanoseconds(1), into: &check.interval)
        read(required("unhealthy_threshold", in: message), in: 0...Self.maxWeight, into: &check.unhealthyThreshold)
        read(required("healthy_threshold", in: message), in: 0...Self.maxWeight, into: &check.healthyThreshold)
        read(message["initial_jitter"], into: &check.initialJitter)
        read(message["interval_jitter"], into: &check.intervalJitter)
        read(message["interval_jitter_percent"], in: 0...100_000, into: &check.intervalJitterPercent)
        read(message["reuse_connection"], into: &check.reusesConnection)
        read(message["no_traffic_interval"], atLeast: .nanoseconds(1), into: &check.noTrafficInterval)
        read(message["unhealthy_interval"], atLeast: .nanoseconds(1), into: &check.unhealthyInterval)
        return probe == nil ? nil : check
    }

    private mutating func httpProbe(_ node: ConfigurationNode) -> HealthCheck.Probe? {
        guard let message = message(node, .httpHealthCheck) else { return nil }
        guard let path = required("path", in: message).flatMap({ self.path($0) }) else { return nil }
        var probe = HTTPProbe(path: path)
        if let field = message["host"] { probe.host = host(field) ?? "" }
        if let field = message["method"] {
            let names = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]
            let name = choice(field, names + ["METHOD_UNSPECIFIED"], unsupported: ["CONNECT", "TRACE"])
            probe.method = name == "METHOD_UNSPECIFIED" ? "GET" : name ?? "GET"
        }
        if let field = message["codec_client_type"] {
            probe.usesHTTP2 = choice(field, ["HTTP1", "HTTP2"], unsupported: ["HTTP3"]) == "HTTP2"
        }
        let statuses: [Range<Int>] = list(message["expected_statuses"]) { decoder, node in
            guard let (start, end) = decoder.range(node) else { return nil }
            guard start >= 100, end <= 600, start < end else {
                decoder.report(.invalidValue, node.pointer, "must be start and end within 100 to 600; end is left out")
                return nil
            }
            return start..<end
        }
        if !statuses.isEmpty { probe.expectedStatuses = statuses }
        probe.headers = headerAdditions(message["request_headers_to_add"])
        probe.removedHeaders = headerRemovals(message["request_headers_to_remove"])
        return .http(probe)
    }

    private mutating func tcpProbe(_ node: ConfigurationNode) -> HealthCheck.Probe? {
        guard let message = message(node, .tcpHealthCheck) else { return nil }
        let send = message["send"].flatMap { payload($0) } ?? []
        let receive: [[UInt8]] = list(message["receive"]) { decoder, node in decoder.payload(node) }
        return .tcp(send: send, receive: receive)
    }

    private mutating func payload(_ node: ConfigurationNode) -> [UInt8]? {
        guard let message = message(node, .payload),
            let (field, value) = oneOf(["text", "binary"], in: message, isRequired: true), let text = string(value)
        else { return nil }
        let bytes = field == "text" ? Hexadecimal.decode(text) : Base64.decode(text)
        guard let bytes, !bytes.isEmpty else {
            let notation = field == "text" ? "hexadecimal digits" : "base64"
            report(.invalidValue, value.pointer, "must be \(notation), at least one byte")
            return nil
        }
        return bytes
    }

    private mutating func grpcProbe(_ node: ConfigurationNode) -> HealthCheck.Probe? {
        guard let message = message(node, .grpcHealthCheck) else { return nil }
        var service = ""
        read(message["service_name"], into: &service)
        // Its length is one byte of the request that is sent.
        if service.utf8.count > 127, let node = message["service_name"] {
            report(.invalidValue, node.pointer, "is longer than 127 bytes")
        }
        return .grpc(service: service, authority: message["authority"].flatMap { host($0) } ?? "")
    }
}
