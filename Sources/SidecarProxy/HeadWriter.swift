import HTTP1
import NIOCore

/// Writes the heads that go on, copying kept lines as they came.
enum HeadWriter {
    /// What a request head needs besides what the client sent.
    struct Additions {
        /// What the route changes.
        var change: RequestChange
        /// The peer's address to append to `x-forwarded-for`, or nil.
        var peer: String?
        /// Whether the client came over TLS.
        var isTLS: Bool
        /// Whether `x-forwarded-proto` is set whatever the client sent.
        var overridesProto: Bool
        /// Whether a missing `x-request-id` is added.
        var addsRequestID: Bool
        /// Whether the client's own `x-forwarded-client-cert` is kept.
        var keepsClientCertificate = false
        /// The element that tells of the client's certificate, or nil.
        var clientCertificate: String?
    }

    /// Writes the head of a request toward an endpoint.
    static func writeRequest(
        _ head: RequestHead,
        from input: ByteBuffer,
        _ additions: Additions,
        _ identifier: inout RequestIdentifier,
        into out: inout ByteBuffer
    ) {
        let bytes = input.readableBytesSpan
        out.reserveCapacity(minimumWritableBytes: head.byteCount + 256)
        out.writeBytes(bytes.extracting(head.methodRange.offsets))
        out.writeStaticString(" ")
        if let path = additions.change.path {
            out.writeBytes(path)
        } else if head.path.isEmpty {
            out.writeStaticString(head.method == .options ? "*" : "/")
        } else {
            out.writeBytes(bytes.extracting(head.path.offsets))
        }
        out.writeStaticString(" HTTP/1.1\r\n")
        var seen = Seen()
        copyLines(head.section.fields, bytes, into: &out) { field in
            seen.note(field.known)
            switch field.known {
            case .host: return !head.isAbsolute && additions.change.host == nil
            case .forwardedClientCert: return additions.keepsClientCertificate && additions.clientCertificate == nil
            case .forwardedFor: return additions.peer == nil
            case .forwardedProto: return !additions.overridesProto
            default: return true
            }
        }
        if head.isAbsolute || !seen.host || additions.change.host != nil {
            out.writeStaticString("host: ")
            if let host = additions.change.host {
                out.writeBytes(host)
            } else if head.authority.isEmpty {
                out.writeString(additions.change.fallbackHost)
            } else {
                out.writeBytes(bytes.extracting(head.authority.offsets))
            }
            out.writeStaticString("\r\n")
        }
        if let peer = additions.peer { writeForwardedFor(head, bytes, peer, into: &out) }
        if additions.overridesProto || !seen.proto {
            out.writeStaticString(additions.isTLS ? "x-forwarded-proto: https\r\n" : "x-forwarded-proto: http\r\n")
        }
        if additions.addsRequestID, !seen.requestID { writeRequestID(&identifier, into: &out) }
        if let element = additions.clientCertificate {
            writeClientCertificate(head, bytes, element, keepsOld: additions.keepsClientCertificate, into: &out)
        }
        additions.change.writeLines(into: &out)
        if head.framing == .chunked { out.writeStaticString("transfer-encoding: chunked\r\n") }
        if head.wantsWebSocket { out.writeStaticString("connection: upgrade\r\nupgrade: websocket\r\n") }
        out.writeStaticString("\r\n")
    }

    /// Writes the head of a response toward the client, up to its framing and connection headers.
    static func writeResponse(_ head: ResponseHead, from input: ByteBuffer, into out: inout ByteBuffer) {
        let bytes = input.readableBytesSpan
        out.reserveCapacity(minimumWritableBytes: head.byteCount + 256)
        out.writeStaticString("HTTP/1.1 ")
        writeDecimal(head.status, into: &out)
        out.writeStaticString(" ")
        out.writeBytes(bytes.extracting(head.reason.offsets))
        out.writeStaticString("\r\n")
        copyLines(head.section.fields, bytes, into: &out) { $0.known != .upstreamServiceTime }
    }

    /// Writes a number that is not negative.
    static func writeDecimal(_ number: Int, into out: inout ByteBuffer) {
        var word: UInt64 = 0
        var length = 0
        var rest = min(max(number, 0), 99_999_999)
        repeat {
            word = word << 8 | UInt64(0x30 + rest % 10)
            rest /= 10
            length += 1
        } while rest > 0
        writeWord(word, length, into: &out)
    }

    /// Writes the line that starts a chunk of `count` bytes.
    static func writeChunkLine(_ count: Int, into out: inout ByteBuffer) {
        let (word, length) = HTTP1Encoder.chunkLine(count)
        writeWord(word, length, into: &out)
    }

    /// Writes the `length` lowest bytes of `word`, lowest first.
    static func writeWord(_ word: UInt64, _ length: Int, into out: inout ByteBuffer) {
        let start = out.writerIndex
        out.writeInteger(word, endianness: .little)
        out.moveWriterIndex(to: start + min(length, 8))
    }

    private struct Seen {
        var host = false
        var proto = false
        var requestID = false

        mutating func note(_ known: KnownHeader) {
            switch known {
            case .host: host = true
            case .forwardedProto: proto = true
            case .requestID: requestID = true
            default: break
            }
        }
    }

    /// Copies the lines that are kept; neighbours go in one copy.
    @inline(__always)
    private static func copyLines(
        _ fields: [HeaderField],
        _ bytes: RawSpan,
        into out: inout ByteBuffer,
        where keep: (HeaderField) -> Bool
    ) {
        var start = 0
        var end = 0
        for field in fields {
            guard !field.isDropped, keep(field) else { continue }
            let line = field.line
            if line.lowerBound != end {
                if end > start { out.writeBytes(bytes.extracting(start..<end)) }
                start = line.lowerBound
            }
            end = line.upperBound
        }
        if end > start { out.writeBytes(bytes.extracting(start..<end)) }
    }

    private static func writeClientCertificate(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ element: String,
        keepsOld: Bool,
        into out: inout ByteBuffer
    ) {
        out.writeStaticString("x-forwarded-client-cert: ")
        if keepsOld {
            for field in head.section.fields where field.known == .forwardedClientCert && !field.isDropped {
                guard !field.value.isEmpty else { continue }
                out.writeBytes(bytes.extracting(field.value.offsets))
                out.writeStaticString(",")
            }
        }
        out.writeString(element)
        out.writeStaticString("\r\n")
    }

    private static func writeForwardedFor(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ peer: String,
        into out: inout ByteBuffer
    ) {
        out.writeStaticString("x-forwarded-for: ")
        for field in head.section.fields where field.known == .forwardedFor && !field.isDropped {
            guard !field.value.isEmpty else { continue }
            out.writeBytes(bytes.extracting(field.value.offsets))
            out.writeStaticString(", ")
        }
        out.writeString(peer)
        out.writeStaticString("\r\n")
    }

    private static func writeRequestID(_ identifier: inout RequestIdentifier, into out: inout ByteBuffer) {
        out.writeStaticString("x-request-id: ")
        var word: UInt64 = 0
        var length = 0
        identifier.write { byte in
            word |= UInt64(byte) << UInt64(8 * length)
            length += 1
            guard length == 8 else { return }
            writeWord(word, length, into: &out)
            word = 0
            length = 0
        }
        writeWord(word, length, into: &out)
        out.writeStaticString("\r\n")
    }
}
