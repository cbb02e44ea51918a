import Synchronization

/// The metrics of one program, and their exposition.
///
/// Families are registered once, at start, by the code that owns them; a name is registered once. Counting needs no
/// lock; only registration, the first use of a label set and exposition take one.
public final class MetricRegistry: Sendable {
    private let families = Mutex<[String: any MetricFamily]>([:])

    /// Makes an empty registry.
    public init() {}

    /// Registers a counter without labels.
    ///
    /// - Parameters:
    ///   - name: The name, which ends in `_total` by convention.
    ///   - help: What is counted, in one sentence.
    /// - Returns: The counter.
    public func counter(_ name: MetricName, help: String) -> Counter {
        counters(name, help: help, labels: [], limit: 1)[]
    }

    /// Registers counters told apart by labels.
    ///
    /// - Parameters:
    ///   - name: The name, which ends in `_total` by convention.
    ///   - help: What is counted, in one sentence.
    ///   - labels: The label names.
    ///   - limit: The most label sets; those beyond share one set whose values are all `other`.
    /// - Returns: The family.
    public func counters(
        _ name: MetricName,
        help: String,
        labels: [MetricName],
        limit: Int = 256
    ) -> LabelledFamily<Counter> {
        register(LabelledFamily(name: name, help: help, labels: labels, limit: limit) { Counter() })
    }

    /// Registers a gauge without labels.
    ///
    /// - Parameters:
    ///   - name: The name with its unit.
    ///   - help: What is measured, in one sentence.
    /// - Returns: The gauge.
    public func gauge(_ name: MetricName, help: String) -> Gauge {
        gauges(name, help: help, labels: [], limit: 1)[]
    }

    /// Registers gauges told apart by labels.
    ///
    /// - Parameters:
    ///   - name: The name with its unit.
    ///   - help: What is measured, in one sentence.
    ///   - labels: The label names.
    ///   - limit: The most label sets; those beyond share one set whose values are all `other`.
    /// - Returns: The family.
    public func gauges(
        _ name: MetricName,
        help: String,
        labels: [MetricName],
        limit: Int = 256
    ) -> LabelledFamily<Gauge> {
        register(LabelledFamily(name: name, help: help, labels: labels, limit: limit) { Gauge() })
    }

    /// Registers a histogram without labels.
    ///
    /// - Parameters:
    ///   - name: The name, which ends in `_seconds` for durations.
    ///   - help: What is measured, in one sentence.
    ///   - buckets: The upper bounds.
    /// - Returns: The histogram.
    public func histogram(_ name: MetricName, help: String, buckets: HistogramBuckets) -> Histogram {
        histograms(name, help: help, labels: [], limit: 1, buckets: buckets)[]
    }

    /// Registers histograms told apart by labels.
    ///
    /// - Parameters:
    ///   - name: The name, which ends in `_seconds` for durations.
    ///   - help: What is measured, in one sentence.
    ///   - labels: The label names.
    ///   - limit: The most label sets; those beyond share one set whose values are all `other`.
    ///   - buckets: The upper bounds.
    /// - Returns: The family.
    public func histograms(
        _ name: MetricName,
        help: String,
        labels: [MetricName],
        limit: Int = 256,
        buckets: HistogramBuckets
    ) -> LabelledFamily<Histogram> {
        register(
            LabelledFamily(name: name, help: help, labels: labels, limit: limit) { Histogram(buckets: buckets) }
        )
    }

    /// Registers values that are read at each exposition, for what is counted elsewhere.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - help: What is measured, in one sentence.
    ///   - kind: Whether the values only grow.
    ///   - read: Gives the samples; called on the thread that serves the exposition. Its label sets must be bounded.
    public func observe(
        _ name: MetricName,
        help: String,
        kind: MetricKind,
        read: @escaping @Sendable () -> [MetricSample]
    ) {
        register(ObservedFamily(name: name, help: help, kind: kind, read: read))
    }

    /// All metrics in the Prometheus text format, families in the order of their names.
    ///
    /// Served with the content type ``Exposition/contentType``.
    ///
    /// - Returns: The bytes.
    public func exposition() -> [UInt8] {
        let sorted = families.withLock { $0.values.sorted { $0.name.text < $1.name.text } }
        var exposition = Exposition()
        for family in sorted {
            exposition.begin(family: family.name, help: family.help, kind: family.kind)
            family.write(to: &exposition)
        }
        return exposition.bytes
    }

    @discardableResult
    private func register<Family: MetricFamily>(_ family: Family) -> Family {
        families.withLock { families in
            precondition(families[family.name.text] == nil, "the metric \(family.name.text) is registered twice")
            families[family.name.text] = family
        }
        return family
    }
}
