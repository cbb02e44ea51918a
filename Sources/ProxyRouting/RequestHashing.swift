public import HTTP1
import LoadBalancing
import ProxyConfiguration
import RegularExpressions

/// Makes the hash by which RING_HASH and MAGLEV choose.
public struct RequestHashing: Sendable {
    private enum Source: Sendable {
        case header([UInt8], CompiledRewrite?)
        case cookie([UInt8], HashCookie)
        case address
        case query([UInt8])
    }

    /// What the policies make of a request.
    public struct Result: Sendable, Equatable {
        /// The hash, or nil when no policy found anything.
        public var hash: UInt64?
        /// A `set-cookie` value for the client, which had no cookie yet.
        public var cookie: [UInt8]?
    }

    private let policies: [(source: Source, isTerminal: Bool)]

    /// Whether there is nothing to be hashed.
    public var isEmpty: Bool { policies.isEmpty }

    init(_ policies: [HashPolicy]) {
        self.policies = policies.map { policy in
            let source: Source =
                switch policy.source {
                case .header(let name, let rewrite): .header(name.foldedBytes, rewrite.map { CompiledRewrite($0) })
                case .cookie(let cookie): .cookie(Array(cookie.name.utf8), cookie)
                case .sourceAddress: .address
                case .queryParameter(let name): .query(Array(name.utf8))
                }
            return (source, policy.isTerminal)
        }
    }

    /// Hashes a request; `target` is its path and query after normalization.
    public func hash(_ head: RequestHead, _ bytes: Span<UInt8>, target: Span<UInt8>, _ facts: RequestFacts) -> Result {
        var result = Result()
        for (source, isTerminal) in policies {
            if let next = value(source, head, bytes, target, facts, &result) {
                result.hash = XXHash64.combine(result.hash, next)
            }
            if isTerminal, result.hash != nil { break }
        }
        return result
    }

    private func value(
        _ source: Source,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ target: Span<UInt8>,
        _ facts: RequestFacts,
        _ result: inout Result
    ) -> UInt64? {
        switch source {
        case .address: return facts.clientAddress.isEmpty ? nil : XXHash64.hash(facts.clientAddress)
        case .query(let name):
            return QueryCondition.value(of: name, target, end: target.pathEnd).map {
                XXHash64.hash(target.extracting($0))
            }
        case .header(let name, let rewrite):
            guard let range = head.section.value(of: name, bytes) else { return nil }
            let value = bytes.extracting(range)
            if let changed = rewrite?.apply(value, end: value.count, matched: 0) { return XXHash64.hash(changed.span) }
            return XXHash64.hash(value)
        case .cookie(let name, let cookie):
            if let range = head.cookie(name, bytes), !range.isEmpty {
                return XXHash64.hash(bytes.extracting(range))
            }
            guard let lifetime = cookie.lifetime else { return nil }
            let made = String(facts.random, radix: 16)
            var text = "\(cookie.name)=\(made)"
            if lifetime > .zero { text += "; Max-Age=\(lifetime.components.seconds)" }
            if !cookie.path.isEmpty { text += "; Path=\(cookie.path)" }
            result.cookie = Array((text + "; HttpOnly").utf8)
            return XXHash64.hash(made)
        }
    }
}
