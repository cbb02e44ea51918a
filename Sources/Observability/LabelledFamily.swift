import Synchronization

/// Metrics of one name, one for each set of label values.
///
/// A label set is made at its first use, up to a limit; whatever comes after that shares one metric whose label values
/// are all `other`. So the number of series is bounded, whoever chooses the values.
public final class LabelledFamily<Metric: MetricValue>: MetricFamily {
    private struct Series {
        var metrics: [[String]: Metric] = [:]
        var order: [[String]] = []
    }

    /// The value of every label of the shared metric.
    public static var overflowValue: String { "other" }

    let name: MetricName
    let help: String
    let labels: [MetricName]
    private let limit: Int
    private let make: @Sendable () -> Metric
    private let series = Mutex(Series())

    var kind: MetricKind { Metric.kind }

    init(
        name: MetricName,
        help: String,
        labels: [MetricName],
        limit: Int,
        make: @escaping @Sendable () -> Metric
    ) {
        self.name = name
        self.help = help
        self.labels = labels
        self.limit = limit
        self.make = make
    }

    /// The metric with the label values `values`, in the order of the label names.
    ///
    /// Keep the metric where values are constants: a look-up takes a lock and hashes the values. Missing values are
    /// empty and surplus ones are dropped.
    public subscript(_ values: String...) -> Metric {
        metric(values)
    }

    /// The number of label sets in use.
    public var count: Int {
        series.withLock { $0.metrics.count }
    }

    /// The metric with the label values `values`.
    func metric(_ values: [String]) -> Metric {
        let key =
            values.count == labels.count ? values : labels.indices.map { $0 < values.count ? values[$0] : "" }
        return series.withLock { series in
            if let metric = series.metrics[key] { return metric }
            let isFull = series.order.count >= limit
            let key = isFull ? labels.map { _ in Self.overflowValue } : key
            if let metric = series.metrics[key] { return metric }
            let metric = make()
            series.metrics[key] = metric
            series.order.append(key)
            return metric
        }
    }

    func write(to exposition: inout Exposition) {
        let all = series.withLock { series in series.order.map { ($0, series.metrics[$0]) } }
        for (values, metric) in all {
            let pairs = zip(labels, values).map { (name: $0, value: $1) }
            metric?.write(to: &exposition, name: name, labels: pairs)
        }
    }
}

/// A metric that a family can hold.
public protocol MetricValue: AnyObject, Sendable {
    /// What a scraper may conclude from it.
    static var kind: MetricKind { get }

    /// Writes the samples of the metric.
    func write(to exposition: inout Exposition, name: MetricName, labels: [(name: MetricName, value: String)])
}
