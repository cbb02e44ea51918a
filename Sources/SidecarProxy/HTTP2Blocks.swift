import HTTP1
import HTTP2
import NIOCore

/// Turns heads of HTTP/1.1 into the header blocks of HTTP/2.
enum HTTP2Blocks {
    /// Writes the fields of a request, from a head as ``HeadWriter`` writes it.
    ///
    /// - Parameters:
    ///   - head: The head up to and with its empty line.
    ///   - scheme: `http` or `https`, as the endpoint is spoken to.
    ///   - session: Where a block was begun.
    static func writeRequest(_ head: Span<UInt8>, scheme: String, to session: HTTP2Session) {
        let start = lineEnd(head, from: 0)
        let words = firstWords(head, end: start)
        session.field(":method".utf8Span.span, head.extracting(words.method))
        session.field(":scheme", scheme)
        session.field(":path".utf8Span.span, head.extracting(words.path))
        forEachField(head, from: start + 1) { name, value in
            if isNamed(name, "host") { session.field(":authority".utf8Span.span, value) }
        }
        var isGRPC = false
        forEachField(head, from: start + 1) { name, value in
            if isNamed(name, "host") || isNamed(name, "connection") || isNamed(name, "transfer-encoding")
                || isNamed(name, "upgrade") || isNamed(name, "te")
            {
                return
            }
            if isNamed(name, "content-type") { isGRPC = hasPrefix(value, "application/grpc") }
            session.field(name, value)
        }
        // Servers of gRPC insist on it, and the exchange takes the client's own off as belonging to one connection.
        if isGRPC { session.field("te", "trailers") }
    }

    /// Writes the fields of a response.
    ///
    /// - Parameters:
    ///   - head: The head.
    ///   - bytes: What it was read from.
    ///   - additions: Lines that go behind the endpoint's own.
    ///   - session: Where a block was begun.
    static func writeResponse(
        _ head: ResponseHead,
        _ bytes: ByteBuffer,
        _ additions: ByteBuffer,
        to session: HTTP2Session
    ) {
        session.field(":status", "\(head.status)")
        let span = bytes.readableBytesUInt8Span
        for field in head.section.fields where !field.isDropped && field.known != .upstreamServiceTime {
            session.field(span.extracting(field.name.offsets), span.extracting(field.value.offsets))
        }
        write(additions.readableBytesUInt8Span, to: session)
    }

    /// Writes the fields of lines, each with its CR LF.
    static func write(_ lines: Span<UInt8>, to session: HTTP2Session) {
        forEachField(lines, from: 0) { session.field($0, $1) }
    }

    /// The fields of lines, each with its CR LF.
    static func block(_ lines: [UInt8]) -> HeaderBlock {
        var block = HeaderBlock()
        forEachField(lines.span, from: 0) { block.append($0, $1) }
        return block
    }

    /// Calls `body` with the name and the trimmed value on each line up to an empty one.
    @inline(__always)
    private static func forEachField(
        _ lines: Span<UInt8>,
        from start: Int,
        _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void
    ) {
        var start = start
        while start < lines.count {
            let feed = lineEnd(lines, from: start)
            var colon = start
            while colon < feed, lines[colon] != UInt8(ascii: ":") { colon += 1 }
            var (first, last) = (min(colon + 1, feed), feed)
            while first < last, isSpace(lines[first]) { first += 1 }
            while last > first, isSpace(lines[last - 1]) { last -= 1 }
            if colon < feed { body(lines.extracting(start..<colon), lines.extracting(first..<last)) }
            start = feed + 1
        }
    }

    /// Where the LF of the line is that begins at `start`, or the end of the text.
    private static func lineEnd(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, text[index] != 0x0A { index += 1 }
        return index
    }

    private static func firstWords(_ line: Span<UInt8>, end: Int) -> (method: Range<Int>, path: Range<Int>) {
        var method = 0
        while method < end, line[method] != 0x20 { method += 1 }
        let start = min(method + 1, end)
        var path = start
        while path < end, line[path] != 0x20 { path += 1 }
        return (0..<method, start..<path)
    }

    /// Blanks, and the CR that ends a line.
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// Whether `name` is `wanted`, which is in lower case, in any case of letters.
    private static func isNamed(_ name: Span<UInt8>, _ wanted: StaticString) -> Bool {
        name.count == wanted.utf8CodeUnitCount && name.equalsIgnoringCase(wanted)
    }

    private static func hasPrefix(_ text: Span<UInt8>, _ prefix: StaticString) -> Bool {
        text.count >= prefix.utf8CodeUnitCount && text.extracting(0..<prefix.utf8CodeUnitCount).equals(prefix)
    }
}
