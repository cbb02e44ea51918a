import Synchronization

/// A value that goes up and down.
public final class Gauge: MetricValue {
    /// A gauge goes up and down.
    public static let kind = MetricKind.gauge

    private let bits = Atomic<UInt64>(0)

    init() {}

    /// The value now.
    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    /// Sets the value.
    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Adds `amount`, which may be negative.
    public func add(_ amount: Double) {
        bits.addDouble(amount)
    }

    /// Writes the one sample of the gauge.
    public func write(
        to exposition: inout Exposition,
        name: MetricName,
        labels: [(name: MetricName, value: String)]
    ) {
        exposition.write(name, labels: labels, value: value)
    }
}
