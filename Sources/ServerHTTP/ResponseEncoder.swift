import NIOCore
import NIOHTTP1

/// Writes replies as HTTP/1.1 bytes (RFC 9112 section 4).
struct ResponseEncoder {
    /// What the reply says about the connection.
    enum Persistence: Equatable {
        /// Nothing: HTTP/1.1 connections persist.
        case implied
        /// `keep-alive`, which an HTTP/1.0 client waits for.
        case keepAlive
        /// `close`.
        case close
    }

    /// Bodies up to this size are copied behind the head, so that both leave in one write and one TLS record.
    static let copiedBodyBytes = 16 * 1024

    /// The bytes of `response` up to and, when it is short, including the body.
    ///
    /// - Parameters:
    ///   - response: The reply.
    ///   - date: The value of the Date field.
    ///   - persistence: What to say about the connection.
    ///   - sendsBody: Whether the request's method lets a body be sent (HEAD does not).
    ///   - allocator: Makes the buffer.
    /// - Returns: The bytes, and the body where it is too long to be copied.
    static func encode(
        _ response: HTTPResponse,
        date: String,
        persistence: Persistence,
        sendsBody: Bool,
        allocator: ByteBufferAllocator
    ) -> (bytes: ByteBuffer, body: ByteBuffer?) {
        let hasBody = response.status.mayHaveResponseBody
        let bodyBytes = response.body.readableBytes
        let copies = sendsBody && hasBody && bodyBytes <= copiedBodyBytes
        var bytes = allocator.buffer(capacity: 256 + (copies ? bodyBytes : 0))
        bytes.writeString("HTTP/1.1 \(response.status.code) ")
        bytes.writeString(isPlain(response.status.reasonPhrase) ? response.status.reasonPhrase : "")
        bytes.writeStaticString("\r\ndate: ")
        bytes.writeString(date)
        bytes.writeStaticString("\r\n")
        for header in response.headers where isSendable(header) {
            bytes.writeString(header.name)
            bytes.writeStaticString(": ")
            bytes.writeString(header.value)
            bytes.writeStaticString("\r\n")
        }
        if hasBody {
            bytes.writeStaticString("content-length: ")
            bytes.writeString(String(bodyBytes))
            bytes.writeStaticString("\r\n")
        }
        switch persistence {
        case .implied: break
        case .keepAlive: bytes.writeStaticString("connection: keep-alive\r\n")
        case .close: bytes.writeStaticString("connection: close\r\n")
        }
        bytes.writeStaticString("\r\n")
        guard sendsBody, hasBody, bodyBytes > 0 else { return (bytes, nil) }
        guard copies else { return (bytes, response.body) }
        bytes.writeImmutableBuffer(response.body)
        return (bytes, nil)
    }

    /// Whether a field can be sent without saying something else: a name of token characters that is not the
    /// connection's own, and a value without control characters (RFC 9110 section 5.5).
    private static func isSendable(_ header: HTTPResponse.Header) -> Bool {
        guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte), isPlain(header.value) else {
            return false
        }
        switch header.name.utf8.count {
        case 4: return header.name.lowercased() != "date"
        case 10: return header.name.lowercased() != "connection"
        case 14: return header.name.lowercased() != "content-length"
        case 17: return header.name.lowercased() != "transfer-encoding"
        default: return true
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }
}
