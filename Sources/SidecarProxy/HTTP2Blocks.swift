import HTTP1
import NIOCore
import NIOHPACK

/// Turns heads of HTTP/1.1 into the header blocks of HTTP/2.
enum HTTP2Blocks {
    /// The block of a request, from a head as ``HeadWriter`` writes it.
    ///
    /// - Parameters:
    ///   - head: The head up to and with its empty line.
    ///   - scheme: `http` or `https`, as the endpoint is spoken to.
    /// - Returns: The block.
    static func request(_ head: ByteBuffer, scheme: String) -> HPACKHeaders {
        let bytes = head.readableBytesView
        var lines = HeadLines(bytes)
        let words = (lines.next() ?? bytes[bytes.startIndex..<bytes.startIndex]).split(separator: UInt8(ascii: " "))
        var fields: [(String, String)] = []
        fields.reserveCapacity(16)
        fields.append((":method", words.first.map(text) ?? "GET"))
        fields.append((":scheme", scheme))
        fields.append((":path", words.dropFirst().first.map(text) ?? "/"))
        let place = fields.count
        var isGRPC = false
        while let line = lines.next() {
            guard let (name, value) = field(line) else { continue }
            switch name {
            case "host": fields.insert((":authority", value), at: place)
            case "connection", "transfer-encoding", "upgrade", "te": continue
            case "content-type":
                isGRPC = value.hasPrefix("application/grpc")
                fields.append((name, value))
            default: fields.append((name, value))
            }
        }
        // Servers of gRPC insist on it, and the exchange takes the client's own off as belonging to one connection.
        if isGRPC { fields.append(("te", "trailers")) }
        return HPACKHeaders(fields)
    }

    /// The block of a response.
    ///
    /// - Parameters:
    ///   - head: The head.
    ///   - bytes: What it was read from.
    ///   - additions: Lines that go behind the endpoint's own.
    /// - Returns: The block.
    static func response(_ head: ResponseHead, _ bytes: ByteBuffer, _ additions: ByteBuffer) -> HPACKHeaders {
        var fields: [(String, String)] = []
        fields.reserveCapacity(head.section.fields.count + 4)
        fields.append((":status", "\(head.status)"))
        let view = bytes.readableBytesView
        for field in head.section.fields where !field.isDropped && field.known != .upstreamServiceTime {
            let name = view[shifted(field.name.offsets, view.startIndex)]
            let value = view[shifted(field.value.offsets, view.startIndex)]
            fields.append((text(name).lowercased(), text(value)))
        }
        append(additions, to: &fields)
        return HPACKHeaders(fields)
    }

    /// The block of lines that are headers or trailers, each with its CR LF.
    static func block(_ lines: ByteBuffer, after first: [(String, String)] = []) -> HPACKHeaders {
        var fields = first
        append(lines, to: &fields)
        return HPACKHeaders(fields)
    }

    private static func append(_ lines: ByteBuffer, to fields: inout [(String, String)]) {
        var lines = HeadLines(lines.readableBytesView)
        while let line = lines.next() {
            guard let field = field(line) else { continue }
            fields.append(field)
        }
    }

    private static func field(_ line: ByteBufferView) -> (String, String)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var value = line[line.index(after: colon)...]
        while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value = value.dropLast() }
        return (text(line[..<colon]).lowercased(), text(value))
    }

    private static func shifted(_ range: Range<Int>, _ start: Int) -> Range<Int> {
        range.lowerBound + start..<range.upperBound + start
    }

    private static func text(_ bytes: ByteBufferView) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
