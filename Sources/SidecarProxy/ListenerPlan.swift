import NIOCore
import OpenSSL
import ProxyConfiguration

/// The filter chains of a listener, prepared once and never changed.
final class ListenerPlan: Sendable {
    let name: String
    let chains: [ChainPlan]
    private let fallback: ChainPlan?
    /// Whether the first bytes of a connection decide about its chain.
    let inspects: Bool
    let inspectionTimeout: TimeAmount?
    /// When connections take no more for now; nil for the usual.
    private let buffering: BufferLimit?
    let continuesOnTimeout: Bool

    /// Prepares `listener`, whose clusters are among `clusters`.
    ///
    /// - Throws: What is wrong with its certificates or access logs.
    init(_ listener: ListenerConfiguration, clusters: [String], spans: SpanQueues) throws {
        name = listener.name
        let label = listener.name.isEmpty ? listener.address.description : listener.name
        var chains: [ChainPlan] = []
        for (index, chain) in listener.filterChains.enumerated() {
            chains.append(try ChainPlan(chain, label: label, index: index, clusters: clusters, spans: spans))
        }
        self.chains = chains
        if let chain = listener.defaultFilterChain {
            fallback = try ChainPlan(chain, label: label, index: -1, clusters: clusters, spans: spans)
        } else {
            fallback = nil
        }
        buffering = listener.bufferLimit.map { BufferLimit(bytes: $0) }
        inspectionTimeout = listener.inspectionTimeout.map { TimeAmount($0) }
        continuesOnTimeout = listener.continuesOnInspectionTimeout
        let dependsOnBytes = chains.contains { chain in
            chain.match != FilterChainMatch() || chain.credentials?.dependsOnName == true
        }
        inspects = dependsOnBytes || fallback?.credentials?.dependsOnName == true
    }

    /// Opens the files of the access logs, so that no loop has to.
    func openLogs(_ sinks: LogSinks) {
        for chain in all {
            for destination in chain.logs.destinations { sinks.open(destination) }
        }
    }

    /// Limits what waits on a connection.
    func limit(_ channel: any Channel) throws { try buffering?.apply(to: channel) }

    /// All chains.
    var all: [ChainPlan] { chains + (fallback.map { [$0] } ?? []) }

    /// The chain for a connection, or nil when none takes it.
    ///
    /// As in Envoy the most telling match wins: an exact server name, then the longest suffix, then chains without
    /// names; among those a transport protocol, then application protocols.
    ///
    /// - Parameter hello: What the client said; nil for one that does not speak TLS.
    /// - Returns: The chain.
    func chain(for hello: ClientHello?) -> ChainPlan? {
        var best: (rank: Int, chain: ChainPlan)?
        for chain in chains {
            guard let rank = Self.rank(chain.match, hello), rank > best?.rank ?? -1 else { continue }
            best = (rank, chain)
        }
        return best?.chain ?? fallback
    }

    /// How telling the match is, or nil when it does not take the connection.
    private static func rank(_ match: FilterChainMatch, _ hello: ClientHello?) -> Int? {
        var rank = 0
        if !match.serverNames.isEmpty {
            guard let name = hello?.serverName, !name.isEmpty else { return nil }
            let ranks = match.serverNames.compactMap { pattern -> Int? in
                if pattern == name { return 1 << 20 }
                guard pattern.hasPrefix("*."), name.hasSuffix(pattern.dropFirst()) else { return nil }
                return pattern.utf8.count << 4
            }
            guard let longest = ranks.max() else { return nil }
            rank += longest
        }
        if let transport = match.transportProtocol {
            guard (transport == .tls) == (hello != nil) else { return nil }
            rank += 2
        }
        if !match.applicationProtocols.isEmpty {
            guard let hello, !Set(match.applicationProtocols).isDisjoint(with: hello.applicationProtocols) else {
                return nil
            }
            rank += 1
        }
        return rank
    }
}
