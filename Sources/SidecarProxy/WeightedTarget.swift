import ProxyConfiguration

/// The clusters that share requests, by their places in the configuration.
struct WeightedTarget: Sendable {
    private let entries: [(cluster: ClusterReference, weight: UInt64)]
    private let total: UInt64

    /// Prepares `target`; names that are not among `clusters` get nothing.
    init(_ target: ClusterTarget, clusters: [String]) {
        let named: [(name: String, weight: UInt64)] =
            switch target {
            case .cluster(let name): [(name, 1)]
            case .weighted(let list): list.map { ($0.name, UInt64($0.weight)) }
            case .header: []
            }
        let found: [(cluster: ClusterReference, weight: UInt64)] = named.compactMap { entry in
            guard let index = clusters.firstIndex(of: entry.name) else { return nil }
            return (ClusterReference(index: index, name: entry.name), entry.weight)
        }
        entries = found.filter { $0.weight > 0 }
        total = entries.reduce(0) { $0 &+ $1.weight }
    }

    /// The cluster that `random` falls to, or nil when there is none.
    func choose(_ random: UInt64) -> ClusterReference? {
        guard entries.count > 1, total > 0 else { return entries.first?.cluster }
        var rest = random % total
        for entry in entries {
            if rest < entry.weight { return entry.cluster }
            rest -= entry.weight
        }
        return entries.last?.cluster
    }
}
