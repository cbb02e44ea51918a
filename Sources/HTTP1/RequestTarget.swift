/// Tells the forms of a request target apart (RFC 9112 section 3.2).
enum RequestTarget {
    /// Reads the target between `start` and `end` into `head`: its path, and the authority of an absolute URI.
    ///
    /// - Throws: When it is neither a path, an absolute `http` or `https` URI, nor `*` with OPTIONS.
    static func parse(
        _ bytes: Span<UInt8>,
        _ start: Int,
        _ end: Int,
        into head: inout RequestHead
    ) throws(HTTP1Error) {
        switch bytes.byte(at: start) {
        case 0x2F:
            head.path = ByteRange(start, end)
        case 0x2A where end - start == 1 && head.method == .options:
            head.path = ByteRange(start, end)
        default:
            try parseAbsolute(bytes, start, end, into: &head)
        }
    }

    private static func parseAbsolute(
        _ bytes: Span<UInt8>,
        _ start: Int,
        _ end: Int,
        into head: inout RequestHead
    ) throws(HTTP1Error) {
        let authority: Int
        if end - start > 7, bytes.equalsIgnoringCase("http://", start, start + 7) {
            authority = start + 7
        } else if end - start > 8, bytes.equalsIgnoringCase("https://", start, start + 8) {
            authority = start + 8
        } else {
            throw HTTP1Error(.invalidTarget, at: start)
        }
        var index = authority
        // User information (`@`) is not in the host class and so refused, as RFC 9110 section 4.2.4 asks.
        while index < end, ByteClass.isHost(bytes[index]) { index += 1 }
        guard index > authority else { throw HTTP1Error(.invalidTarget, at: index) }
        // A query without a path would have to be repaired; "/" and "?" in one target are cheap for the client to send.
        guard index == end || bytes[index] == 0x2F else { throw HTTP1Error(.invalidTarget, at: index) }
        head.isAbsolute = true
        head.authority = ByteRange(authority, index)
        head.path = ByteRange(index, end)
    }
}
