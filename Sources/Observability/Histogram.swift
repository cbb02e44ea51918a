import Synchronization

/// The upper bounds of a histogram's buckets.
public struct HistogramBuckets: Sendable {
    /// The finite bounds, ascending.
    public let bounds: [Double]

    /// Makes buckets from bounds, which are sorted; the bucket without a bound is added.
    public init(_ bounds: [Double]) {
        self.bounds = bounds.filter(\.isFinite).sorted()
    }

    /// Durations of work that takes microseconds, in seconds: 50 µs to 10 s.
    public static let microseconds = HistogramBuckets([
        0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ])
}

/// How many observations fell into which range, and their sum.
public final class Histogram: MetricValue {
    /// One bucket; a class, because an atomic cannot be an array's element.
    private final class Bucket: Sendable {
        let count = Atomic<UInt64>(0)
    }

    /// A histogram counts observations by their size.
    public static let kind = MetricKind.histogram

    private let bounds: [Double]
    private let buckets: [Bucket]
    private let sum = Atomic<UInt64>(0)

    init(buckets: HistogramBuckets) {
        bounds = buckets.bounds
        self.buckets = (0...buckets.bounds.count).map { _ in Bucket() }
    }

    /// The number of observations.
    public var count: UInt64 {
        buckets.reduce(0) { $0 &+ $1.count.load(ordering: .relaxed) }
    }

    /// Counts an observation; a NaN falls into the last bucket.
    public func observe(_ value: Double) {
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        buckets[index].count.wrappingAdd(1, ordering: .relaxed)
        sum.addDouble(value)
    }

    /// Counts a duration in seconds.
    public func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        observe(Double(seconds) + Double(attoseconds) * 1e-18)
    }

    /// Writes the buckets, each including the smaller ones, then sum and count.
    public func write(
        to exposition: inout Exposition,
        name: MetricName,
        labels: [(name: MetricName, value: String)]
    ) {
        var total: UInt64 = 0
        for (index, bucket) in buckets.enumerated() {
            total &+= bucket.count.load(ordering: .relaxed)
            let bound = index < bounds.count ? Exposition.text(of: bounds[index]) : "+Inf"
            exposition.write(name, suffix: "_bucket", labels: labels + [("le", bound)], value: total)
        }
        exposition.write(
            name,
            suffix: "_sum",
            labels: labels,
            value: Double(bitPattern: sum.load(ordering: .relaxed))
        )
        // The count is what the last bucket said, so that both agree while others count.
        exposition.write(name, suffix: "_count", labels: labels, value: total)
    }
}
