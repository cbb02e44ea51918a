import AccessLog
import NIOCore

/// An answer that the proxy makes itself.
struct LocalReply {
    let status: Int
    /// Why the proxy answers itself; nil when the configuration says that it does.
    let flag: ResponseFlag?
    /// What happened, for the client.
    let reason: String
    /// Lines that belong to the answer, such as `location: /`, each with its CR LF.
    var extra = ""
    /// What happened, in a word for logs; nil for the one that belongs to the flag.
    var detail: String?
    /// Whether `x-envoy-overloaded` tells that a limit has been reached.
    var tellsOverload = true
    /// Whether it is for a client of gRPC.
    private(set) var isGRPC = false

    /// Makes the reply to a fault in forwarding.
    init(_ status: Int, _ flag: ResponseFlag?, _ reason: String) {
        self.status = status
        self.flag = flag
        self.reason = reason
    }

    /// What happened in the words of Envoy's `%RESPONSE_CODE_DETAILS%`.
    var details: String {
        if let detail { return detail }
        return switch flag {
        case nil: "direct_response"
        case .noRouteFound: "route_not_found"
        case .noClusterFound: "cluster_not_found"
        case .noHealthyUpstream: "no_healthy_upstream"
        case .upstreamOverflow: "upstream_reset_before_response_started{overflow}"
        case .upstreamConnectionFailure: "upstream_reset_before_response_started{remote_connection_failure}"
        case .upstreamConnectionTermination: "upstream_reset_before_response_started{connection_termination}"
        case .upstreamRemoteReset: "upstream_reset_before_response_started{remote_reset}"
        case .upstreamProtocolError: "upstream_reset_before_response_started{protocol_error}"
        case .upstreamRequestTimeout: "response_timeout"
        case .upstreamMaxStreamDurationReached: "max_duration_timeout"
        case .streamIdleTimeout: "stream_idle_timeout"
        case .downstreamProtocolError: "http1.codec_error"
        case let flag?: flag.name
        }
    }

    /// The same with another word for logs.
    func detailed(_ detail: String) -> LocalReply {
        var copy = self
        copy.detail = detail
        return copy
    }

    /// Writes the reply as HTTP/1.1.
    ///
    /// - Parameters:
    ///   - out: Where to.
    ///   - isHead: Whether the request was HEAD, whose answer has no body.
    ///   - closes: Whether the connection ends after it.
    ///   - date: The value of `Date`.
    func write(into out: inout ByteBuffer, isHead: Bool, closes: Bool, date: String) {
        out.writeString("HTTP/1.1 \(status) \(StatusPhrase.of(status))\r\n")
        let (lines, body) = lines(isHead: isHead, date: date)
        out.writeImmutableBuffer(lines)
        if closes { out.writeStaticString("connection: close\r\n") }
        out.writeStaticString("\r\n")
        out.writeString(body)
    }

    /// What the body says, for requests that get one.
    var body: String { flag.map { "\($0.letters): \(reason)\n" } ?? reason }

    /// The header lines and the body.
    ///
    /// - Parameters:
    ///   - isHead: Whether the request was HEAD, whose answer has no body.
    ///   - date: The value of `Date`.
    ///   - isFramed: Whether a body of nothing has its length told; HTTP/2 can do without.
    /// - Returns: The lines, each with its CR LF, and the body.
    func lines(isHead: Bool, date: String, isFramed: Bool = true) -> (lines: ByteBuffer, body: String) {
        let hasBody = status != 204 && status != 304
        var out = ByteBuffer()
        out.writeString("date: \(date)\r\n")
        if let flag { out.writeString("x-pillion-error: \(flag.letters); \(reason)\r\n") }
        if hasBody {
            // What the file says goes out as Envoy sends it; only our own words are known to be UTF-8.
            if !body.isEmpty {
                out.writeStaticString(
                    flag == nil ? "content-type: text/plain\r\n" : "content-type: text/plain; charset=utf-8\r\n"
                )
            }
            if isFramed || !body.isEmpty { out.writeString("content-length: \(body.utf8.count)\r\n") }
        }
        if status == 405 { out.writeStaticString("allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n") }
        if flag == .upstreamOverflow, tellsOverload { out.writeStaticString("x-envoy-overloaded: true\r\n") }
        out.writeString(extra)
        return (out, hasBody && !isHead ? body : "")
    }

    /// The outcome for a client of gRPC.
    ///
    /// | HTTP status | gRPC status |
    /// |---|---|
    /// | 400 | INTERNAL |
    /// | 401 | UNAUTHENTICATED |
    /// | 403 | PERMISSION_DENIED |
    /// | 404 | UNIMPLEMENTED |
    /// | 429, 502, 503, 504 | UNAVAILABLE |
    /// | any other | UNKNOWN |
    ///
    /// What took longer than the stream may, or than its client waits, is DEADLINE_EXCEEDED.
    var grpcStatus: Int {
        if flag == .upstreamMaxStreamDurationReached { return 4 }
        return switch status {
        case 400: 13
        case 401: 16
        case 403: 7
        case 404: 12
        case 429, 502, 503, 504: 14
        default: 2
        }
    }

    /// The same for a client of gRPC, which looks for the outcome in trailers (gRPC over HTTP/2, "Responses").
    func forGRPC() -> LocalReply {
        let text = flag.map { "\($0.letters): \(reason)" } ?? reason
        let encoded = text.utf8.reduce(into: "") { result, byte in
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "%") {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        var reply = LocalReply(200, nil, "")
        reply.isGRPC = true
        reply.extra =
            "content-type: application/grpc\r\ngrpc-status: \(grpcStatus)\r\ngrpc-message: \(encoded)\r\n" + extra
        return reply
    }
}
