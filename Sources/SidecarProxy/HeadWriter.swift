import HTTP1
import NIOCore

/// Writes the heads that go on, copying kept lines as they came.
enum HeadWriter {
    /// What a request head needs besides what the client sent.
    struct Additions {
        /// The peer's address to append to `x-forwarded-for`, or nil.
        var peer: String?
        /// Whether the client came over TLS.
        var isTLS: Bool
        /// Whether `x-forwarded-proto` is set whatever the client sent.
        var overridesProto: Bool
        /// Whether a missing `x-request-id` is added.
        var addsRequestID: Bool
        /// Whether the client's own `x-request-id` is replaced.
        var replacesRequestID = false
        /// A line that is added, with its end.
        var via = ""
        /// Lines that place the request in a trace, each with its end.
        var trace: [UInt8] = []
        /// Whether the client's own `x-forwarded-client-cert` is kept.
        var keepsClientCertificate = false
        /// The element that tells of the client's certificate, or nil.
        var clientCertificate: String?

        /// How many bytes they make at most, besides fixed text.
        var room: Int {
            (peer?.utf8.count ?? 0) + (clientCertificate?.utf8.count ?? 0) + via.utf8.count + trace.count
        }
    }

    /// Writes the head of a request toward an endpoint, with what the route changes of it.
    static func writeRequest(
        _ head: RequestHead,
        from input: ByteBuffer,
        _ change: RequestChange,
        _ additions: Additions,
        _ identifier: inout RequestIdentifier,
        into out: inout ByteBuffer
    ) {
        let bytes = input.readableBytesSpan
        out.writeHead(room: head.byteCount + 256 + additions.room + change.room) { output in
            writeRequestLine(head, bytes, change, into: &output)
            let seen = writeKeptLines(head, bytes, change, additions, into: &output)
            if head.isAbsolute || !seen.host || change.host != nil {
                writeHost(head, bytes, change, into: &output)
            }
            if let peer = additions.peer { writeForwardedFor(head, bytes, peer, into: &output) }
            if additions.overridesProto || !seen.proto {
                output.put(additions.isTLS ? "x-forwarded-proto: https\r\n" : "x-forwarded-proto: http\r\n")
            }
            if !additions.via.isEmpty { output.put(additions.via) }
            if !additions.trace.isEmpty { output.put(additions.trace) }
            if additions.addsRequestID, additions.replacesRequestID || !seen.requestID {
                writeRequestID(&identifier, into: &output)
            }
            if let element = additions.clientCertificate {
                writeClientCertificate(head, bytes, element, keepsOld: additions.keepsClientCertificate, into: &output)
            }
            change.writeLines(into: &output)
            if head.framing == .chunked { output.put("transfer-encoding: chunked\r\n") }
            if head.wantsWebSocket { output.put("connection: upgrade\r\nupgrade: websocket\r\n") }
            output.put("\r\n")
        }
    }

    /// Writes the head of a response toward the client, up to its framing and connection headers.
    static func writeResponse(_ head: ResponseHead, _ bytes: RawSpan, into output: inout HeadOutput) {
        output.put("HTTP/1.1 ")
        output.put(decimal: head.status)
        output.put(" ")
        output.put(bytes.extracting(head.reason.offsets))
        output.put("\r\n")
        copyLines(head.section.fields, bytes, into: &output) { $0.known != .upstreamServiceTime }
    }

    /// Writes the line that starts a chunk of `count` bytes.
    static func writeChunkLine(_ count: Int, into out: inout ByteBuffer) {
        let (word, length) = HTTP1Encoder.chunkLine(count)
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

    private static func writeRequestLine(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ change: RequestChange,
        into output: inout HeadOutput
    ) {
        output.put(bytes.extracting(head.methodRange.offsets))
        output.put(" ")
        if let path = change.path {
            output.put(path)
        } else if head.path.isEmpty {
            output.put(head.method == .options ? "*" : "/")
        } else {
            output.put(bytes.extracting(head.path.offsets))
        }
        output.put(" HTTP/1.1\r\n")
    }

    /// Writes the client's lines but for those that are written anew.
    ///
    /// - Returns: Which of them were among the client's.
    private static func writeKeptLines(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ change: RequestChange,
        _ additions: Additions,
        into output: inout HeadOutput
    ) -> Seen {
        let keepsHost = !head.isAbsolute && change.host == nil
        let keepsCertificate = additions.keepsClientCertificate && additions.clientCertificate == nil
        let keepsForwardedFor = additions.peer == nil
        let keepsProto = !additions.overridesProto
        let keepsRequestID = !additions.replacesRequestID
        var seen = Seen()
        copyLines(head.section.fields, bytes, into: &output) { field in
            guard field.known != .other else { return true }
            seen.note(field.known)
            switch field.known {
            case .host: return keepsHost
            case .forwardedClientCert: return keepsCertificate
            case .forwardedFor: return keepsForwardedFor
            case .forwardedProto: return keepsProto
            case .requestID: return keepsRequestID
            default: return true
            }
        }
        return seen
    }

    private static func writeHost(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ change: RequestChange,
        into output: inout HeadOutput
    ) {
        output.put("host: ")
        if let host = change.host {
            output.put(host)
        } else if head.authority.isEmpty {
            output.put(change.fallbackHost)
        } else {
            output.put(bytes.extracting(head.authority.offsets))
        }
        output.put("\r\n")
    }

    /// Copies the lines that are kept; neighbours go in one copy.
    @inline(__always)
    private static func copyLines(
        _ fields: [HeaderField],
        _ bytes: RawSpan,
        into output: inout HeadOutput,
        where keep: (HeaderField) -> Bool
    ) {
        var start = 0
        var end = 0
        for field in fields {
            guard !field.isDropped, keep(field) else { continue }
            let line = field.line
            if line.lowerBound != end {
                if end > start { output.put(bytes.extracting(start..<end)) }
                start = line.lowerBound
            }
            end = line.upperBound
        }
        if end > start { output.put(bytes.extracting(start..<end)) }
    }

    private static func writeClientCertificate(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ element: String,
        keepsOld: Bool,
        into output: inout HeadOutput
    ) {
        output.put("x-forwarded-client-cert: ")
        if keepsOld {
            for field in head.section.fields where field.known == .forwardedClientCert && !field.isDropped {
                guard !field.value.isEmpty else { continue }
                output.put(bytes.extracting(field.value.offsets))
                output.put(",")
            }
        }
        output.put(element)
        output.put("\r\n")
    }

    private static func writeForwardedFor(
        _ head: RequestHead,
        _ bytes: RawSpan,
        _ peer: String,
        into output: inout HeadOutput
    ) {
        output.put("x-forwarded-for: ")
        for field in head.section.fields where field.known == .forwardedFor && !field.isDropped {
            guard !field.value.isEmpty else { continue }
            output.put(bytes.extracting(field.value.offsets))
            output.put(", ")
        }
        output.put(peer)
        output.put("\r\n")
    }

    private static func writeRequestID(_ identifier: inout RequestIdentifier, into output: inout HeadOutput) {
        output.put("x-request-id: ")
        let (first, second, third, fourth) = identifier.digits()
        output.put(word: first, 8)
        output.put("-")
        output.put(word: second, 4)
        output.put("-")
        output.put(word: second >> 32, 4)
        output.put("-")
        output.put(word: third, 4)
        output.put("-")
        output.put(word: third >> 32, 4)
        output.put(word: fourth, 8)
        output.put("\r\n")
    }
}
