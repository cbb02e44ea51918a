import NIOHTTP1

/// The path and query of a request target (RFC 9112 section 3.2).
struct RequestTarget: Equatable {
    let path: String
    let query: String?

    /// Splits a target in origin form, absolute form, or (for OPTIONS) asterisk form.
    init(_ target: String, method: HTTPMethod) throws(HTTPRefusal) {
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }) else {
            throw HTTPRefusal(.badTarget, "The request target holds a character that a URI must percent-encode.")
        }
        if target == "*", method == .OPTIONS {
            path = "*"
            query = nil
            return
        }
        guard let origin = Self.originForm(target) else {
            throw HTTPRefusal(.badTarget, "The request target must be a path that begins with '/'.")
        }
        guard let mark = origin.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            path = String(origin)
            query = nil
            return
        }
        path = mark == origin.startIndex ? "/" : String(origin[..<mark])
        query = String(origin[origin.utf8.index(after: mark)...])
    }

    /// The target from its path on, or nil when it is in no form that a server must take.
    private static func originForm(_ target: String) -> Substring? {
        if target.utf8.first == UInt8(ascii: "/") { return target[...] }
        let scheme = target.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = target.dropFirst(scheme.utf8.count)
        guard rest.hasPrefix("://") else { return nil }
        let authorityAndPath = rest.dropFirst(3)
        let authority = authorityAndPath.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty else { return nil }
        let origin = authorityAndPath[authority.endIndex...]
        return origin.isEmpty ? "/" : origin
    }
}
