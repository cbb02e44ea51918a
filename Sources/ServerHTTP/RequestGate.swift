import NIOHTTP1

/// Checks a decoded head before anything acts on it.
///
/// The decoder accepts what HTTP allows; the gate accepts what one server needs, so that no two readers of the same
/// bytes can disagree about where a request ends and whom it is for (RFC 9112 section 11.2).
///
/// | in the head | answer |
/// |---|---|
/// | version other than 1.0 and 1.1 | 505 |
/// | CONNECT, TRACE | 405 |
/// | request line or head over its limit | 414, 431 |
/// | HTTP/1.1 without exactly one Host; more than one on 1.0; a Host that is no authority | 400 |
/// | Transfer-Encoding other than one `chunked`, or on HTTP/1.0, or beside Content-Length | 400 |
/// | Content-Length repeated or not digits | 400 |
/// | Content-Length over the body limit | 413 |
/// | Expect other than `100-continue` | 417 |
struct RequestGate {
    /// How the body of a request is delimited.
    enum Framing: Equatable {
        /// A body of so many bytes; zero when there is none.
        case length(Int)
        /// Chunks (RFC 9112 section 7.1).
        case chunked
    }

    /// What the connection needs to know about a head that passed.
    struct Passed: Equatable {
        let target: RequestTarget
        let framing: Framing
        /// Whether the client waits for `100 Continue` before it sends the body.
        let expectsContinue: Bool
        /// Whether the connection must end after the reply because the client asked for another protocol.
        let asksForUpgrade: Bool
    }

    let limits: HTTPServerLimits

    /// Checks `head`.
    func check(_ head: HTTPRequestHead) throws(HTTPRefusal) -> Passed {
        guard head.version == .http1_1 || head.version == .http1_0 else {
            throw HTTPRefusal(.badVersion, "Only HTTP/1.1 and HTTP/1.0 are served here.")
        }
        try checkSizes(head)
        guard head.method != .CONNECT, head.method != .TRACE else {
            throw HTTPRefusal(.methodNotAllowed, "The methods CONNECT and TRACE are not served here.")
        }
        var fields = GateFields()
        for (name, value) in head.headers {
            fields.note(name: name, value: value)
        }
        try checkHost(fields, version: head.version)
        let framing = try framing(fields, version: head.version)
        if case .length(let length) = framing, length > limits.bodyBytes {
            throw HTTPRefusal(.bodyTooLarge, "The body is longer than the limit of \(limits.bodyBytes) bytes.")
        }
        return Passed(
            target: try RequestTarget(head.uri, method: head.method),
            framing: framing,
            expectsContinue: try expectsContinue(fields, version: head.version),
            asksForUpgrade: fields.hasUpgrade
        )
    }

    private func checkSizes(_ head: HTTPRequestHead) throws(HTTPRefusal) {
        // Method, two spaces and "HTTP/1.1" belong to the line as well.
        let line = head.uri.utf8.count + head.method.rawValue.utf8.count + 10
        guard line <= limits.requestLineBytes else {
            throw HTTPRefusal(.targetTooLong, "The request line is longer than \(limits.requestLineBytes) bytes.")
        }
        guard head.headers.count <= limits.headerFields else {
            throw HTTPRefusal(.headTooLarge, "The request has more than \(limits.headerFields) header fields.")
        }
    }

    private func checkHost(_ fields: GateFields, version: HTTPVersion) throws(HTTPRefusal) {
        guard fields.hostCount == 1 || (fields.hostCount == 0 && version == .http1_0) else {
            throw HTTPRefusal(.badHost, "A request must have exactly one Host field.")
        }
        guard fields.host.utf8.allSatisfy(GateFields.isAuthorityByte) else {
            throw HTTPRefusal(.badHost, "The Host field must be a host with an optional port.")
        }
    }

    private func framing(_ fields: GateFields, version: HTTPVersion) throws(HTTPRefusal) -> Framing {
        if fields.transferEncodingCount > 0 {
            guard fields.contentLengthCount == 0 else {
                throw HTTPRefusal(.badFraming, "A request must not have both Transfer-Encoding and Content-Length.")
            }
            guard version == .http1_1, fields.transferEncodingCount == 1, fields.isChunked else {
                throw HTTPRefusal(.badFraming, "The only transfer encoding served here is one 'chunked' on HTTP/1.1.")
            }
            return .chunked
        }
        guard fields.contentLengthCount > 0 else { return .length(0) }
        guard fields.contentLengthCount == 1, let length = GateFields.digits(fields.contentLength) else {
            throw HTTPRefusal(.badFraming, "Content-Length must be given once, as a plain decimal number.")
        }
        return .length(length)
    }

    private func expectsContinue(_ fields: GateFields, version: HTTPVersion) throws(HTTPRefusal) -> Bool {
        // RFC 9110 section 10.1.1: a 100-continue expectation of an HTTP/1.0 client is ignored.
        guard let expect = fields.expect, version == .http1_1 else { return false }
        guard expect.lowercased() == "100-continue" else {
            throw HTTPRefusal(.badExpectation, "The only expectation served here is '100-continue'.")
        }
        return true
    }
}
