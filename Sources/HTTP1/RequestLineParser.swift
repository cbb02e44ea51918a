/// Reads `METHOD SP TARGET SP HTTP/1.x CR LF` (RFC 9112 section 3).
enum RequestLineParser {
    /// Parses the request line that starts at `start` into `head`.
    ///
    /// - Returns: The offset after the line, or nil when its end has not arrived.
    /// - Throws: The first fault in byte order.
    static func parse(
        _ bytes: Span<UInt8>,
        at start: Int,
        limit: Int,
        into head: inout RequestHead
    ) throws(HTTP1Error) -> Int? {
        let end = min(bytes.count, limit)
        var index = start
        while index < end, ByteClass.isToken(bytes[index]) { index &+= 1 }
        guard index < end else { return try exhausted(bytes, limit) }
        guard index > start, bytes[index] == ByteClass.space else { throw fault(bytes[index], at: index) }
        let methodEnd = index
        index &+= 1
        let targetStart = index
        var fragment: Int?
        while index < end {
            // Safety: `index` lies in 0..<bytes.count.
            let byte = unsafe bytes[unchecked: index]
            guard ByteClass.isTarget(byte) else { break }
            if byte == 0x23, fragment == nil { fragment = index }
            index &+= 1
        }
        guard index < end else { return try exhausted(bytes, limit) }
        guard index > targetStart, bytes[index] == ByteClass.space else {
            throw bytes[index] >= 0x80 ? HTTP1Error(.invalidTarget, at: index) : fault(bytes[index], at: index)
        }
        let targetEnd = index
        guard let minor = try version(bytes, at: index &+ 1, limit: limit) else { return nil }
        // "HTTP/1.1" is eight bytes.
        guard let next = try FieldLineParser.lineEnd(bytes, at: index &+ 9, limit: limit) else { return nil }
        guard minor <= 1 else { throw HTTP1Error(.unsupportedVersion, at: index &+ 1) }
        if let fragment { throw HTTP1Error(.fragmentInTarget, at: fragment) }
        head.minorVersion = minor
        head.methodRange = ByteRange(start, methodEnd)
        head.method = RequestMethod(bytes, start, methodEnd)
        head.target = ByteRange(targetStart, targetEnd)
        guard !bytes.equals("CONNECT", start, methodEnd), !bytes.equals("TRACE", start, methodEnd) else {
            throw HTTP1Error(.methodNotAllowed, at: start)
        }
        try RequestTarget.parse(bytes, targetStart, targetEnd, into: &head)
        return next
    }

    /// Reads `HTTP/d.d`.
    ///
    /// - Returns: The minor version of HTTP/1, 2 for every other version, nil when it has not arrived.
    static func version(_ bytes: Span<UInt8>, at start: Int, limit: Int) throws(HTTP1Error) -> UInt8? {
        let form: StaticString = "HTTP/0.0"
        // Safety: a static string lives as long as the program and has eight bytes.
        let expected = unsafe form.utf8Start
        for offset in 0..<8 {
            let index = start &+ offset
            guard index < limit else { throw HTTP1Error(.headTooLarge, at: limit) }
            guard let byte = bytes.byte(at: index) else { return nil }
            let isDigitPlace = offset == 5 || offset == 7
            let matches = isDigitPlace ? ByteClass.decimal(byte) != nil : unsafe byte == expected[offset]
            guard matches else { throw fault(byte, at: index) }
        }
        guard bytes[start &+ 5] == 0x31 else { return 2 }
        switch bytes[start &+ 7] {
        case 0x30: return 0
        case 0x31: return 1
        default: return 2
        }
    }

    private static func fault(_ byte: UInt8, at index: Int) -> HTTP1Error {
        switch byte {
        case ByteClass.lineFeed: HTTP1Error(.bareLineFeed, at: index)
        case ByteClass.carriageReturn: HTTP1Error(.malformedRequestLine, at: index)
        case 0..<0x20, 0x7F: HTTP1Error(.controlByte, at: index)
        default: HTTP1Error(.malformedRequestLine, at: index)
        }
    }

    private static func exhausted(_ bytes: Span<UInt8>, _ limit: Int) throws(HTTP1Error) -> Int? {
        guard bytes.count < limit else { throw HTTP1Error(.headTooLarge, at: limit) }
        return nil
    }
}
