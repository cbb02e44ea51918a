import Synchronization

/// A number of events since the start of the process.
public final class Counter: MetricValue {
    /// A counter only grows.
    public static let kind = MetricKind.counter

    private let count = Atomic<UInt64>(0)

    init() {}

    /// The number so far.
    public var value: UInt64 { count.load(ordering: .relaxed) }

    /// Counts `amount` more events.
    public func increment(by amount: UInt64 = 1) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Writes the one sample of the counter.
    public func write(
        to exposition: inout Exposition,
        name: MetricName,
        labels: [(name: MetricName, value: String)]
    ) {
        exposition.write(name, labels: labels, value: value)
    }
}
