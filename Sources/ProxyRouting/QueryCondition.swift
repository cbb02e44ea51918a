import ProxyConfiguration

/// A condition of a route on a query parameter, prepared for bytes.
struct QueryCondition: Sendable {
    private enum Test: Sendable {
        case string(BytesMatcher)
        case present(Bool)
    }

    private let name: [UInt8]
    private let test: Test

    init(_ matcher: QueryParameterMatcher) {
        name = Array(matcher.name.utf8)
        test =
            switch matcher.condition {
            case .string(let string): .string(BytesMatcher(string))
            case .present(let isPresent): .present(isPresent)
            }
    }

    /// Whether the query of `path`, which begins behind `end`, fulfils the condition.
    func holds(_ path: Span<UInt8>, end: Int) -> Bool {
        let value = Self.value(of: name, path, end: end)
        switch test {
        case .present(let isPresent): return (value != nil) == isPresent
        case .string(let matcher):
            guard let value else { return false }
            return matcher.matches(path.extracting(value))
        }
    }

    /// Where the value of the first parameter of this name stands; empty for one without `=`.
    static func value(of name: [UInt8], _ path: Span<UInt8>, end: Int) -> Range<Int>? {
        guard end < path.count, path[end] == 0x3F else { return nil }
        var start = end + 1
        while start <= path.count {
            var stop = start
            while stop < path.count, path[stop] != 0x26, path[stop] != 0x23 { stop += 1 }
            var sign = start
            while sign < stop, path[sign] != 0x3D { sign += 1 }
            if sign - start == name.count, path.has(name, at: start) { return min(sign + 1, stop)..<stop }
            guard stop < path.count, path[stop] == 0x26 else { return nil }
            start = stop + 1
        }
        return nil
    }
}
