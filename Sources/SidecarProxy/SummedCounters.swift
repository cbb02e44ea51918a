import Observability

/// Counters that every loop keeps for itself, shown as one sum a source.
struct SummedCounters<Counters: Sendable> {
    let registry: MetricRegistry
    /// The label that tells sources apart.
    let label: MetricName
    /// What a source is called, and its counters, a value a loop.
    let table: CounterTable<Counters>

    /// Shows one number of every source, which `read` finds.
    func observe(
        _ name: MetricName,
        _ kind: MetricKind,
        _ help: String,
        _ read: @escaping @Sendable (Counters) -> Int
    ) {
        registry.observe(name, help: help, kind: kind) { [label, table] in
            table.all.map { source in
                MetricSample(Double(source.counters.reduce(0) { $0 + read($1) }), labels: [(label, source.name)])
            }
        }
    }

    /// Shows the largest of every source's numbers, which `read` finds, for what all loops count alike.
    func observeLargest(_ name: MetricName, _ help: String, _ read: @escaping @Sendable (Counters) -> Int) {
        registry.observe(name, help: help, kind: .gauge) { [label, table] in
            table.all.map { source in
                MetricSample(Double(source.counters.map(read).max() ?? 0), labels: [(label, source.name)])
            }
        }
    }

    /// Shows the responses of every source by class of status, 1xx to 5xx.
    func observeClasses(
        _ name: MetricName,
        _ help: String,
        _ read: @escaping @Sendable (Counters) -> StatusClassCounters
    ) {
        registry.observe(name, help: help, kind: .counter) { [label, table] in
            table.all.flatMap { source in
                (1...5).map { digit in
                    let sum = source.counters.reduce(0) { $0 + read($1).all[digit - 1] }
                    return MetricSample(
                        Double(sum),
                        labels: [(label, source.name), ("envoy_response_code_class", "\(digit)")]
                    )
                }
            }
        }
    }
}
