extension HTTPClientRequest {
    /// The fields that only the client may write, in lower case.
    private static let ownFields: Set<String> = ["host", "content-length", "connection", "transfer-encoding"]

    /// The request as it goes over the wire, for one exchange on a connection.
    ///
    /// - Parameter host: The value of `Host`.
    /// - Returns: Head and body.
    /// - Throws: `invalidRequest` for anything that could be read as more than one request.
    func encoded(host: String) throws(HTTPClientError) -> [UInt8] {
        guard Self.isToken(method) else { throw HTTPClientError(.invalidRequest, "a method that is no token") }
        guard target.hasPrefix("/"), target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw HTTPClientError(.invalidRequest, "a target begins with / and is percent-encoded")
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw HTTPClientError(.invalidRequest, "a host that no field can hold")
        }
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        for field in fields {
            guard Self.isToken(field.name), !Self.ownFields.contains(field.name.lowercased()) else {
                throw HTTPClientError(.invalidRequest, "the header field \(field.name) cannot be set")
            }
            guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                // Not the value itself: it may be a secret.
                throw HTTPClientError(.invalidRequest, "the value of \(field.name) has a control character")
            }
            head += "\(field.name): \(field.value)\r\n"
        }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        head += "Connection: close\r\n\r\n"
        return Array(head.utf8) + (body ?? [])
    }

    /// Whether `text` is a token (RFC 9110 section 5.6.2).
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
