import HTTP1
import NIOCore
import NIOHPACK

/// Turns the header blocks of HTTP/2 into heads of HTTP/1.1.
///
/// Everything that decides about a message reads it in one form, and whatever HTTP/2 carries passes the strict parser
/// of HTTP/1: a field that would mean something else there does not get through (RFC 9113 section 10.3).
enum HTTP2Text {
    /// Writes the head of a request.
    ///
    /// - Parameters:
    ///   - headers: The block, with pseudo-headers first.
    ///   - isLast: Whether the request ends with it.
    ///   - out: Where to.
    /// - Returns: False when the block is malformed (RFC 9113 section 8.1.1).
    static func writeRequest(_ headers: HPACKHeaders, isLast: Bool, into out: inout ByteBuffer) -> Bool {
        var method = ""
        var scheme: String?
        var path: String?
        var authority: String?
        var host: String?
        var hasLength = false
        for (name, value, _) in headers {
            switch name {
            case ":method": method = value
            case ":scheme": scheme = value
            case ":path": path = value
            case ":authority": authority = value
            case "host":
                guard host == nil else { return false }
                host = value
            case "content-length": hasLength = true
            default: break
            }
        }
        guard !method.isEmpty, isClean(method) else { return false }
        if let authority, let host, authority != host { return false }
        guard let target = target(path, scheme: scheme, authority: authority, method: method) else { return false }
        out.writeString(method)
        out.writeStaticString(" ")
        out.writeString(target)
        out.writeStaticString(" HTTP/1.1\r\n")
        if let host = authority ?? host {
            guard isClean(host) else { return false }
            out.writeStaticString("host: ")
            out.writeString(host)
            out.writeStaticString("\r\n")
        }
        guard writeFields(headers, into: &out) else { return false }
        if !isLast, !hasLength { out.writeStaticString("transfer-encoding: chunked\r\n") }
        out.writeStaticString("\r\n")
        return true
    }

    /// Writes the head of a response; see ``writeRequest(_:isLast:into:)``.
    static func writeResponse(_ headers: HPACKHeaders, into out: inout ByteBuffer) -> Bool {
        guard let status = headers.first(where: { $0.name == ":status" })?.value, isClean(status) else { return false }
        out.writeStaticString("HTTP/1.1 ")
        out.writeString(status)
        out.writeStaticString(" \r\n")
        guard writeFields(headers, into: &out) else { return false }
        out.writeStaticString("\r\n")
        return true
    }

    /// The lines of a trailer section that may be forwarded; nil when it is malformed.
    static func trailers(_ headers: HPACKHeaders) -> [UInt8]? {
        var out = ByteBuffer()
        guard writeFields(headers, into: &out) else { return nil }
        return TrailerLines.forwardable(Array(out.readableBytesView))
    }

    /// What stands for the target in a request line: the path, or CONNECT's authority; nil when it is malformed.
    ///
    /// An absolute URI, which HTTP/1.1 would take, is no path (RFC 9113 section 8.3.1).
    private static func target(_ path: String?, scheme: String?, authority: String?, method: String) -> String? {
        guard let path, let scheme else { return method == "CONNECT" && path == nil && scheme == nil ? authority : nil }
        guard isScheme(scheme), isClean(path) else { return nil }
        return path.utf8.first == UInt8(ascii: "/") || path == "*" ? path : nil
    }

    /// Writes all fields but pseudo-headers, `host` and `te`; cookies that came in pieces become one (section 8.2.3).
    private static func writeFields(_ headers: HPACKHeaders, into out: inout ByteBuffer) -> Bool {
        var cookies: [String] = []
        for (name, value, _) in headers {
            guard name.utf8.first != UInt8(ascii: ":") else { continue }
            guard isName(name), isClean(value), !isPadded(value) else { return false }
            switch name {
            case "host": continue
            case "te":
                guard value == "trailers" else { return false }
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade":
                return false
            case "cookie": cookies.append(value)
            default: writeLine(name, value, into: &out)
            }
        }
        if !cookies.isEmpty { writeLine("cookie", cookies.joined(separator: "; "), into: &out) }
        return true
    }

    private static func writeLine(_ name: String, _ value: String, into out: inout ByteBuffer) {
        out.writeString(name)
        out.writeStaticString(": ")
        out.writeString(value)
        out.writeStaticString("\r\n")
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    }

    /// Whether `text` is the name of a scheme (RFC 3986 section 3.1).
    private static func isScheme(_ text: String) -> Bool {
        guard let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
    }

    /// Whether white space stands at an end of `text`, where no value may have any (RFC 9113 section 8.2.1).
    private static func isPadded(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return first == 0x20 || first == 0x09 || last == 0x20 || last == 0x09
    }

    /// Whether `text` fits on one line.
    private static func isClean(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
    }
}
