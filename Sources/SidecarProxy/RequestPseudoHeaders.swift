import HTTP2

/// Where the pseudo-header fields of a request stand in its block (RFC 9113 section 8.3.1).
struct RequestPseudoHeaders {
    /// How many there are; they come first.
    private(set) var count = 0
    private var method: Int?
    private var scheme: Int?
    private var path: Int?
    private var authority: Int?
    private var host: Int?

    /// Finds them; nil when one is unknown or comes twice, or when a second host comes.
    init?(_ block: HeaderBlock) {
        for index in 0..<block.count {
            let isValid = block.withField(at: index) { name, _ in
                guard name.count > 0, name[0] == UInt8(ascii: ":") else {
                    guard name.equals("host") else { return true }
                    defer { host = index }
                    return host == nil
                }
                guard count == index else { return false }
                count += 1
                if name.equals(":method") { return Self.take(index, &method) }
                if name.equals(":scheme") { return Self.take(index, &scheme) }
                if name.equals(":path") { return Self.take(index, &path) }
                return name.equals(":authority") && Self.take(index, &authority)
            }
            guard isValid == true else { return nil }
        }
    }

    private static func take(_ index: Int, _ place: inout Int?) -> Bool {
        defer { place = index }
        return place == nil
    }

    /// Writes the request line and the host; returns false when they are malformed.
    func writeStart(of block: HeaderBlock, into out: inout [UInt8]) -> Bool {
        guard let method, write(block, method, to: &out, where: { $0.count > 0 && HTTP2Text.isClean($0) }) else {
            return false
        }
        out.append(" ")
        guard writeTarget(block, method, into: &out) else { return false }
        out.append(" HTTP/1.1\r\n")
        guard let place = authority ?? host else { return true }
        if let authority, let host {
            let isSame = block.withField(at: authority) { _, one in
                block.withField(at: host) { _, other in one.equals(other) } ?? false
            }
            guard isSame == true else { return false }
        }
        out.append("host: ")
        guard write(block, place, to: &out, where: HTTP2Text.isClean) else { return false }
        out.append("\r\n")
        return true
    }

    /// Writes what stands for the target in a request line: the path, or CONNECT's authority.
    ///
    /// An absolute URI, which HTTP/1.1 would take, is no path.
    private func writeTarget(_ block: HeaderBlock, _ method: Int, into out: inout [UInt8]) -> Bool {
        guard let path, let scheme else {
            guard path == nil, scheme == nil, let authority else { return false }
            guard block.withField(at: method, { _, value in value.equals("CONNECT") }) == true else { return false }
            return write(block, authority, to: &out, where: HTTP2Text.isClean)
        }
        guard block.withField(at: scheme, { _, value in Self.isScheme(value) }) == true else { return false }
        return write(block, path, to: &out) { value in
            HTTP2Text.isClean(value) && (value.count > 0 && value[0] == UInt8(ascii: "/") || value.equals("*"))
        }
    }

    /// Writes the value of the field at `index` if it is valid; returns whether it is.
    private func write(
        _ block: HeaderBlock,
        _ index: Int,
        to out: inout [UInt8],
        where isValid: (Span<UInt8>) -> Bool
    ) -> Bool {
        block.withField(at: index) { _, value in
            guard isValid(value) else { return false }
            out.append(value)
            return true
        } ?? false
    }

    /// Whether `text` is the name of a scheme (RFC 3986 section 3.1).
    private static func isScheme(_ text: Span<UInt8>) -> Bool {
        guard text.count > 0, text[0] | 0x20 >= 0x61, text[0] | 0x20 <= 0x7A else { return false }
        for index in 0..<text.count {
            switch text[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): break
            default: return false
            }
        }
        return true
    }
}
