/// The few header fields that ``RequestGate`` judges, gathered in one pass.
struct GateFields {
    private(set) var host = ""
    private(set) var hostCount = 0
    private(set) var contentLength = ""
    private(set) var contentLengthCount = 0
    private(set) var isChunked = false
    private(set) var transferEncodingCount = 0
    private(set) var expect: String?
    private(set) var hasUpgrade = false

    /// Takes note of one field; the length of a name tells most others apart before any comparison.
    mutating func note(name: String, value: String) {
        switch name.utf8.count {
        case 4 where Self.isName(name, "host"):
            host = value
            hostCount += 1
        case 6 where Self.isName(name, "expect"):
            // Two fields are one list (RFC 9110 section 5.3), and no list is served.
            expect = expect.map { "\($0),\(value)" } ?? value
        case 7 where Self.isName(name, "upgrade"):
            hasUpgrade = true
        case 14 where Self.isName(name, "content-length"):
            contentLength = value
            contentLengthCount += 1
        case 17 where Self.isName(name, "transfer-encoding"):
            isChunked = Self.isName(value, "chunked")
            transferEncodingCount += 1
        default:
            break
        }
    }

    /// The number written by `text`, or nil unless it is digits alone and fits.
    static func digits(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    /// Whether `byte` can occur in a host with a port (RFC 3986 section 3.2, without user information).
    static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"): true
        default: false
        }
    }

    /// Whether `text` is `lower` in any case; `lower` is in lower case.
    private static func isName(_ text: String, _ lower: String) -> Bool {
        text.utf8.elementsEqual(lower.utf8) { byte, wanted in
            (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) == wanted
        }
    }
}
