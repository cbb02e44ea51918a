/// URI references made of file names (RFC 3986, section 4.2).
enum URIReference {
    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    /// The path as a URI reference: everything but unreserved characters and `/` is percent-encoded.
    ///
    /// A leading `./` is dropped, since it means nothing in a reference; an absolute path becomes a `file:` URI.
    static func path(_ path: String) -> String {
        var bytes = Array(path.utf8)[...]
        while bytes.starts(with: Array("./".utf8)) {
            bytes = bytes.dropFirst(2)
        }
        var encoded: [UInt8] = bytes.first == UInt8(ascii: "/") ? Array("file://".utf8) : []
        for byte in bytes {
            if isPlain(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~/".utf8.contains(byte)
        }
    }
}
