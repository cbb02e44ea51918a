import NIOCore

/// An answer that the proxy makes itself.
struct LocalReply {
    let status: Int
    let flag: ResponseFlag
    /// What happened, for the client.
    let reason: String

    /// Makes the reply to a fault in forwarding.
    init(_ status: Int, _ flag: ResponseFlag, _ reason: String) {
        self.status = status
        self.flag = flag
        self.reason = reason
    }

    /// Writes the reply.
    ///
    /// - Parameters:
    ///   - out: Where to.
    ///   - isHead: Whether the request was HEAD, whose answer has no body.
    ///   - closes: Whether the connection ends after it.
    ///   - date: The value of `Date`.
    func write(into out: inout ByteBuffer, isHead: Bool, closes: Bool, date: String) {
        let body = flag == .direct ? reason : "\(flag.rawValue): \(reason)\n"
        let hasBody = status != 204 && status != 304
        out.writeString("HTTP/1.1 \(status) \(Self.phrase(status))\r\ndate: \(date)\r\n")
        if flag != .direct { out.writeString("x-pillion-error: \(flag.rawValue); \(reason)\r\n") }
        if hasBody {
            out.writeString("content-type: text/plain; charset=utf-8\r\ncontent-length: \(body.utf8.count)\r\n")
        }
        if status == 405 { out.writeStaticString("allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n") }
        if flag == .overflow { out.writeStaticString("x-envoy-overloaded: true\r\n") }
        if closes { out.writeStaticString("connection: close\r\n") }
        out.writeStaticString("\r\n")
        if hasBody, !isHead { out.writeString(body) }
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 417: "Expectation Failed"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}
