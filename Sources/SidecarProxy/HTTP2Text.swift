import HTTP1
import HTTP2

/// Turns the header blocks of HTTP/2 into heads of HTTP/1.1.
///
/// Everything that decides about a message reads it in one form, and whatever HTTP/2 carries passes the strict parser
/// of HTTP/1: a field that would mean something else there does not get through (RFC 9113 section 10.3).
enum HTTP2Text {
    /// Writes the head of a request.
    ///
    /// - Parameters:
    ///   - block: The block.
    ///   - isLast: Whether the request ends with it.
    ///   - out: Where to.
    /// - Returns: False when the block is malformed (RFC 9113 section 8.1.1).
    static func writeRequest(_ block: HeaderBlock, isLast: Bool, into out: inout [UInt8]) -> Bool {
        guard let pseudo = RequestPseudoHeaders(block), pseudo.writeStart(of: block, into: &out) else { return false }
        guard let found = writeFields(block, from: pseudo.count, into: &out) else { return false }
        if !isLast, !found.hasLength { out.append("transfer-encoding: chunked\r\n") }
        out.append("\r\n")
        return true
    }

    /// Writes the head of a response; see ``writeRequest(_:isLast:into:)``.
    static func writeResponse(_ block: HeaderBlock, into out: inout [UInt8]) -> Bool {
        let isStatus = block.withField(at: 0) { name, value in
            guard name.equals(":status"), isClean(value) else { return false }
            out.append("HTTP/1.1 ")
            out.append(value)
            out.append(" \r\n")
            return true
        }
        guard isStatus == true, writeFields(block, from: 1, into: &out) != nil else { return false }
        out.append("\r\n")
        return true
    }

    /// The lines of a trailer section that may be forwarded; nil when it is malformed.
    static func trailers(_ block: HeaderBlock) -> [UInt8]? {
        var out: [UInt8] = []
        guard writeFields(block, from: 0, into: &out) != nil else { return nil }
        return TrailerLines.forwardable(out)
    }

    /// Writes all fields from `first` on but `host` and `te`; cookies that came in pieces become one (section 8.2.3).
    ///
    /// - Returns: What is among them; nil when one of them is malformed.
    private static func writeFields(
        _ block: HeaderBlock,
        from first: Int,
        into out: inout [UInt8]
    ) -> (hasLength: Bool, cookies: Int)? {
        var found = (hasLength: false, cookies: 0)
        for index in first..<max(first, block.count) {
            let isValid = block.withField(at: index) { name, value in
                guard isName(name), isClean(value), !isPadded(value) else { return false }
                switch HTTP2FieldKind(name) {
                case .ofConnection: return false
                case .te: return value.equals("trailers")
                case .host: return true
                case .cookie:
                    found.cookies += 1
                    return true
                case .length: found.hasLength = true
                case .other: break
                }
                out.append(name)
                out.append(": ")
                out.append(value)
                out.append("\r\n")
                return true
            }
            guard isValid == true else { return nil }
        }
        if found.cookies > 0 { writeCookies(block, into: &out) }
        return found
    }

    private static func writeCookies(_ block: HeaderBlock, into out: inout [UInt8]) {
        var separator: StaticString = "cookie: "
        block.forEach { name, value in
            guard name.equals("cookie") else { return true }
            out.append(separator)
            out.append(value)
            separator = "; "
            return true
        }
        out.append("\r\n")
    }

    /// Whether `name` may be a field's: no capitals, and nothing that ends a name (RFC 9113 section 8.2.1).
    private static func isName(_ name: Span<UInt8>) -> Bool {
        guard name.count > 0 else { return false }
        for index in 0..<name.count {
            let byte = name[index]
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: ":"), byte &- 0x41 >= 26 else { return false }
        }
        return true
    }

    /// Whether white space stands at an end of `text`, where no value may have any (RFC 9113 section 8.2.1).
    private static func isPadded(_ text: Span<UInt8>) -> Bool {
        guard text.count > 0 else { return false }
        let (first, last) = (text[0], text[text.count - 1])
        return first == 0x20 || first == 0x09 || last == 0x20 || last == 0x09
    }

    /// Whether `text` fits on one line.
    static func isClean(_ text: Span<UInt8>) -> Bool {
        for index in 0..<text.count {
            let byte = text[index]
            guard byte != 0x0D, byte != 0x0A, byte != 0 else { return false }
        }
        return true
    }
}
