import ProxyConfiguration

/// Finds the virtual host of a request.
///
/// | the request's host | virtual host taken |
/// |---|---|
/// | equal to a domain | that one |
/// | ends like `*suffix` | the longest such |
/// | begins like `prefix*` | the longest such |
/// | anything else | the one with `*`, if any |
///
/// Hosts are compared without regard to letter case, and with their ports unless the route table passes them over.
struct DomainTable: Sendable {
    private struct Domain: Sendable {
        let text: [UInt8]
        let host: Int
    }

    /// Exact domains by the hash of their text.
    private var buckets: [[Domain]] = []
    private var suffixes: [Domain] = []
    private var prefixes: [Domain] = []
    private var standard: Int?
    private let ignoresPort: Bool

    init(_ hosts: [VirtualHost], ignoresPort: Bool) {
        self.ignoresPort = ignoresPort
        var exact: [Domain] = []
        for (index, host) in hosts.enumerated() {
            for domain in host.domains {
                let text = domain.foldedBytes
                if text == [0x2A] {
                    standard = index
                } else if text.first == 0x2A {
                    suffixes.append(Domain(text: Array(text.dropFirst()), host: index))
                } else if text.last == 0x2A {
                    prefixes.append(Domain(text: Array(text.dropLast()), host: index))
                } else {
                    exact.append(Domain(text: text, host: index))
                }
            }
        }
        suffixes.sort { $0.text.count > $1.text.count }
        prefixes.sort { $0.text.count > $1.text.count }
        guard !exact.isEmpty else { return }
        buckets = Array(repeating: [], count: exact.count * 2)
        for domain in exact { buckets[Self.hash(domain.text.span) % buckets.count].append(domain) }
    }

    /// The index of the virtual host for `authority`, or nil.
    func host(for authority: Span<UInt8>) -> Int? {
        let length = ignoresPort ? Self.lengthWithoutPort(authority) : authority.count
        let name = authority.extracting(0..<length)
        if !buckets.isEmpty {
            for domain in buckets[Self.hash(name) % buckets.count]
            where domain.text.count == name.count && name.hasFolded(domain.text, at: 0) {
                return domain.host
            }
        }
        // A wildcard stands for at least one byte.
        for domain in suffixes where domain.text.count < name.count {
            if name.hasFolded(domain.text, at: name.count - domain.text.count) { return domain.host }
        }
        for domain in prefixes where domain.text.count < name.count && name.hasFolded(domain.text, at: 0) {
            return domain.host
        }
        return standard
    }

    /// The number of bytes before `:` and digits at the end; brackets keep their colons.
    static func lengthWithoutPort(_ authority: Span<UInt8>) -> Int {
        var index = authority.count
        while index > 0, 0x30...0x39 ~= authority[index - 1] { index -= 1 }
        guard index > 0, index < authority.count, authority[index - 1] == 0x3A else { return authority.count }
        return index - 1
    }

    /// FNV-1a over the bytes in lower case.
    private static func hash(_ bytes: Span<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in bytes.indices { hash = (hash ^ UInt32(Span<UInt8>.folded(bytes[index]))) &* 16_777_619 }
        return Int(hash)
    }
}
