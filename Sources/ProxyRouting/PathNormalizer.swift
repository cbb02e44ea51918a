public import ProxyConfiguration

extension PathNormalization {
    /// What a path becomes.
    public enum Outcome: Sendable, Equatable {
        /// It stays.
        case unchanged
        /// It becomes this, with its query.
        case changed([UInt8])
        /// The client is to ask for this instead, with 307.
        case redirect([UInt8])
        /// The request is answered with 400.
        case rejected
    }

    /// Normalizes a path before it is routed: first escaped slashes, then RFC 3986, then neighbouring slashes.
    ///
    /// A path that is normal already is looked at once and not copied. The query stays as it is. As in Envoy a path that
    /// is not absolute, such as `*`, stays too.
    ///
    /// - Parameter target: Path and query.
    /// - Returns: What becomes of it.
    public func apply(_ target: Span<UInt8>) -> Outcome {
        guard !keepsPath, target.count > 0, target[0] == 0x2F else { return .unchanged }
        let end = target.pathEnd
        guard needsWork(target, end) else { return .unchanged }
        var path = target.extracting(0..<end).array
        var redirects = false
        if escapedSlashes != .keep {
            let plain = Self.unescapingSlashes(path)
            if plain.count != path.count {
                guard escapedSlashes != .reject else { return .rejected }
                redirects = escapedSlashes == .unescapeAndRedirect
                path = plain
            }
        }
        if normalizes { path = Self.removingDotSegments(Self.unescapingUnreserved(path)) }
        if mergesSlashes { path = Self.mergingSlashes(path) }
        let isSame = path.count == end && target.has(path, at: 0)
        guard !isSame else { return .unchanged }
        let whole = path + target.extracting(end..<target.count).array
        return redirects ? .redirect(whole) : .changed(whole)
    }

    /// How many bytes of a request's host count: `strip_any_host_port`, `strip_matching_host_port` and
    /// `strip_trailing_host_dot`.
    public func hostLength(_ host: Span<UInt8>, localPort: Int) -> Int {
        guard strippedPort != .none || stripsTrailingDot else { return host.count }
        let withoutPort = DomainTable.lengthWithoutPort(host)
        var length = host.count
        if withoutPort < host.count {
            var port = 0
            for index in (withoutPort + 1)..<host.count { port = min(port * 10 + Int(host[index]) - 0x30, 1 << 20) }
            if strippedPort == .any || strippedPort == .matching && port == localPort { length = withoutPort }
        }
        // A dot before a port that stays would need a gap.
        if stripsTrailingDot, length > 1, host[length - 1] == 0x2E { length -= 1 }
        return length
    }

    /// Whether there is a `%`, a `\`, a segment that begins with `.`, or two slashes.
    private func needsWork(_ target: Span<UInt8>, _ end: Int) -> Bool {
        var previous: UInt8 = 0
        for index in 0..<end {
            let byte = target[index]
            if byte == 0x25 || byte == 0x5C { return true }
            if previous == 0x2F, byte == 0x2F || byte == 0x2E { return true }
            previous = byte
        }
        return false
    }

    /// `%2F` becomes `/` and `%5C` becomes `\`.
    private static func unescapingSlashes(_ path: [UInt8]) -> [UInt8] {
        replacingEscapes(path) { $0 == 0x2F || $0 == 0x5C }
    }

    /// Letters, digits and `-._~` need no escaping (RFC 3986 section 2.3); `\` is a slash.
    private static func unescapingUnreserved(_ path: [UInt8]) -> [UInt8] {
        replacingEscapes(path) { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
            default: false
            }
        }
        .map { $0 == 0x5C ? 0x2F : $0 }
    }

    /// Replaces escapes by the bytes that they stand for, but for those that would make another escape together with a
    /// `%` before them: `%2%65` would become `%2e`, which an endpoint may take for a dot that was not looked at here.
    private static func replacingEscapes(_ path: [UInt8], _ isReplaced: (UInt8) -> Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(path.count)
        // Where the last `%` stands that begins no escape.
        var bare = -3
        var index = 0
        while index < path.count {
            guard path[index] == 0x25 else {
                out.append(path[index])
                index += 1
                continue
            }
            guard let byte = escape(path, at: index) else {
                bare = out.count
                out.append(0x25)
                index += 1
                continue
            }
            if isReplaced(byte), digit(byte) == nil || out.count - bare > 2 {
                out.append(byte)
            } else {
                out += path[index..<index + 3]
            }
            index += 3
        }
        return out
    }

    /// What the escape at `index` stands for, or nil when it is none.
    private static func escape(_ path: [UInt8], at index: Int) -> UInt8? {
        guard index + 2 < path.count, let high = digit(path[index + 1]), let low = digit(path[index + 2]) else {
            return nil
        }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// RFC 3986 section 5.2.4; `..` at the root goes nowhere.
    private static func removingDotSegments(_ path: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(path.count)
        var index = 0
        while index < path.count {
            let start = index + 1
            var stop = start
            while stop < path.count, path[stop] != 0x2F { stop += 1 }
            let isLast = stop >= path.count
            switch path[min(start, path.count)..<stop] {
            case [0x2E]:
                if isLast { out.append(0x2F) }
            case [0x2E, 0x2E]:
                while let last = out.popLast(), last != 0x2F {}
                if isLast { out.append(0x2F) }
            default: out += path[index..<stop]
            }
            index = stop
        }
        return out.isEmpty ? [0x2F] : out
    }

    private static func mergingSlashes(_ path: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(path.count)
        for byte in path where byte != 0x2F || out.last != 0x2F { out.append(byte) }
        return out
    }
}
