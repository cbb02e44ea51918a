extension KnownHeader {
    /// Recognises the name at `range`, in any case of letters.
    @inline(__always)
    init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        self = .other
        func named(_ name: StaticString) -> Bool { bytes.equalsIgnoringCase(name, start, end) }
        switch end - start {
        case 2: if named("te") { self = .te }
        case 4:
            if named("host") {
                self = .host
            } else if named("date") {
                self = .date
            }
        case 6:
            if named("cookie") {
                self = .cookie
            } else if named("expect") {
                self = .expect
            } else if named("server") {
                self = .server
            }
        case 7:
            if named("upgrade") {
                self = .upgrade
            } else if named("trailer") {
                self = .trailer
            }
        case 10:
            if named("connection") {
                self = .connection
            } else if named("keep-alive") {
                self = .keepAlive
            }
        case 12:
            if named("x-request-id") {
                self = .requestID
            } else if named("content-type") {
                self = .contentType
            }
        case 13: if named("authorization") { self = .authorization }
        case 14: self = Self.fourteen(bytes, start, end)
        case 15: if named("x-forwarded-for") { self = .forwardedFor }
        case 16: if named("proxy-connection") { self = .proxyConnection }
        case 17: self = Self.seventeen(bytes, start, end)
        case 19: if named("proxy-authorization") { self = .authorization }
        case 23: if named("x-forwarded-client-cert") { self = .forwardedClientCert }
        case 29: if named("x-envoy-upstream-service-time") { self = .upstreamServiceTime }
        default: break
        }
    }

    private static func fourteen(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> KnownHeader {
        if bytes.equalsIgnoringCase("content-length", start, end) { return .contentLength }
        if bytes.equalsIgnoringCase("http2-settings", start, end) { return .http2Settings }
        if bytes.equalsIgnoringCase("content_length", start, end) { return .framingLookalike }
        return .other
    }

    private static func seventeen(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> KnownHeader {
        if bytes.equalsIgnoringCase("transfer-encoding", start, end) { return .transferEncoding }
        if bytes.equalsIgnoringCase("x-forwarded-proto", start, end) { return .forwardedProto }
        if bytes.equalsIgnoringCase("transfer_encoding", start, end) { return .framingLookalike }
        return .other
    }
}
