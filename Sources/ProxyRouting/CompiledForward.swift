public import HTTP1
public import ProxyConfiguration
import RegularExpressions

/// How the requests of one route are forwarded, prepared for bytes.
public final class CompiledForward: Sendable {
    /// One cluster that requests may go to.
    public struct Target: Sendable {
        /// The cluster's name.
        public let cluster: String
        /// Header changes for this cluster alone, made before all others; nil for none.
        public let headers: HeaderPlan?
        fileprivate let weight: UInt64
        fileprivate let hostRewrite: [UInt8]?
    }

    /// The route's action as it was configured.
    public let action: ForwardAction
    /// `retry_policy` of the route, or else of its virtual host.
    public let retryPolicy: RetryPolicy?
    /// The clusters by weight; empty for `cluster_header`.
    public let targets: [Target]
    /// The header that names the cluster, in lower case, or nil.
    let clusterHeader: [UInt8]?
    private let totalWeight: UInt64
    let pathRewrite: CompiledRewrite?
    private let hostRewrite: HostRewrite?
    /// What the request's hash is made of.
    public let hashing: RequestHashing

    private enum HostRewrite: Sendable {
        case literal([UInt8])
        case header([UInt8])
        case path(CompiledRewrite)
        case automatic
    }

    /// What `host` becomes.
    public enum Host: Sendable, Equatable {
        /// It stays.
        case kept
        /// It becomes this.
        case replaced([UInt8])
        /// It becomes the endpoint's name, which is known later.
        case automatic
    }

    init(_ action: ForwardAction, virtualHost: VirtualHost) {
        self.action = action
        retryPolicy = action.retryPolicy ?? virtualHost.retryPolicy
        var header: [UInt8]?
        switch action.target {
        case .cluster(let name):
            targets = [Target(cluster: name, headers: nil, weight: 1, hostRewrite: nil)]
        case .weighted(let clusters):
            targets = clusters.map { cluster in
                Target(
                    cluster: cluster.name,
                    headers: cluster.headers.isEmpty ? nil : HeaderPlan([cluster.headers]),
                    weight: UInt64(cluster.weight),
                    hostRewrite: cluster.hostRewrite.map { Array($0.utf8) }
                )
            }
        case .header(let name):
            targets = []
            header = name.foldedBytes
        }
        clusterHeader = header
        totalWeight = targets.reduce(0) { $0 + $1.weight }
        pathRewrite = action.pathRewrite.map { CompiledRewrite($0) }
        hashing = RequestHashing(action.hashPolicies)
        hostRewrite =
            switch action.hostRewrite {
            case nil: nil
            case .literal(let host)?: .literal(Array(host.utf8))
            case .header(let name)?: .header(name.foldedBytes)
            case .pathRegex(let rewrite)?: .path(CompiledRewrite(.regex(rewrite)))
            case .automatic?: .automatic
            }
    }

    /// The index among ``targets`` that `random` falls to, or nil when a header names the cluster.
    public func choose(_ random: UInt64) -> Int? {
        guard targets.count > 1 else { return targets.isEmpty ? nil : 0 }
        guard totalWeight > 0 else { return nil }
        var rest = random % totalWeight
        for (index, target) in targets.enumerated() {
            if rest < target.weight { return index }
            rest -= target.weight
        }
        return nil
    }

    /// The header changes of a target alone, or nil for none.
    public func headers(of target: Int?) -> HeaderPlan? {
        guard let target, targets.indices.contains(target) else { return nil }
        return targets[target].headers
    }

    /// The cluster that the request's header names, for `cluster_header`.
    public func namedCluster(_ head: RequestHead, _ bytes: Span<UInt8>) -> [UInt8]? {
        guard let clusterHeader else { return nil }
        if clusterHeader == Array(":authority".utf8) { return bytes.extracting(head.authority.offsets).array }
        return head.section.value(of: clusterHeader, bytes).map { bytes.extracting($0).array }
    }

    /// Whether the path may be rewritten, so that `x-envoy-original-path` tells what it was.
    public var rewritesPath: Bool { pathRewrite != nil }

    /// Rewrites the path of a request.
    ///
    /// - Parameters:
    ///   - target: Path and query after normalization.
    ///   - route: The route whose action this is.
    /// - Returns: The new path and query, or nil when the request keeps its own.
    public func rewrite(_ target: Span<UInt8>, of route: CompiledRoute) -> [UInt8]? {
        guard let pathRewrite else { return nil }
        let end = target.pathEnd
        return pathRewrite.apply(target, end: end, matched: route.matchedLength(end: end))
    }

    /// What `host` becomes for the chosen target.
    public func host(_ head: RequestHead, _ bytes: Span<UInt8>, target: Span<UInt8>, chosen: Int?) -> Host {
        if let chosen, targets.indices.contains(chosen), let literal = targets[chosen].hostRewrite {
            return .replaced(literal)
        }
        switch hostRewrite {
        case nil: return .kept
        case .literal(let host)?: return .replaced(host)
        case .automatic?: return .automatic
        case .header(let name)?:
            guard let value = head.section.value(of: name, bytes), !value.isEmpty else { return .kept }
            return .replaced(bytes.extracting(value).array)
        case .path(let rewrite)?:
            let end = target.pathEnd
            let host = rewrite.apply(target.extracting(0..<end), end: end, matched: 0)
            guard let host, !host.isEmpty, host.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x2F }) else { return .kept }
            return .replaced(host)
        }
    }
}

extension FieldSection {
    /// Where the value of the first header of this name, in lower case, stands.
    func value(of name: [UInt8], _ bytes: Span<UInt8>) -> Range<Int>? {
        for field in fields where HeaderCondition.isNamed(name, field, bytes) { return field.value.offsets }
        return nil
    }
}
