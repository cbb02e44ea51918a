/// All metrics of one name.
protocol MetricFamily: Sendable {
    var name: MetricName { get }
    var help: String { get }
    var kind: MetricKind { get }

    /// Writes the samples of the family.
    func write(to exposition: inout Exposition)
}

/// What a scraper may conclude from a value.
public enum MetricKind: String, Sendable {
    /// It only grows, except that it starts again from zero with the process.
    case counter
    /// It goes up and down.
    case gauge
    /// It counts observations by their size.
    case histogram
}

/// One value with its labels.
public struct MetricSample: Sendable {
    /// The labels in the order in which they are written.
    public var labels: [(name: MetricName, value: String)]
    /// The value.
    public var value: Double

    /// Makes a sample.
    public init(_ value: Double, labels: [(name: MetricName, value: String)] = []) {
        self.labels = labels
        self.value = value
    }
}

/// A family whose samples are read at each exposition.
struct ObservedFamily: MetricFamily {
    let name: MetricName
    let help: String
    let kind: MetricKind
    let read: @Sendable () -> [MetricSample]

    func write(to exposition: inout Exposition) {
        for sample in read() {
            exposition.write(name, labels: sample.labels, value: sample.value)
        }
    }
}
