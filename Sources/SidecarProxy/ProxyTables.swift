/// What the loops share with whoever looks at them from outside.
final class ProxyTables: Sendable {
    /// What each connection manager counts, by its prefix.
    let downstream = CounterTable<DownstreamCounters>()
    /// What each cluster counts, by its name.
    let clusters = CounterTable<ClusterCounters>()
}
