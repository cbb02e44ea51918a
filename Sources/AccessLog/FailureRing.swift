/// The last requests that did not end well, of one event loop.
public struct FailureRing: Sendable {
    private var storage: [FailureEntry] = []
    private var next = 0
    /// How many entries are kept.
    public let capacity: Int
    /// How many failures there have been, those forgotten included.
    public private(set) var total: UInt64 = 0

    /// Makes an empty ring.
    public init(capacity: Int = 100) {
        self.capacity = max(1, min(capacity, 10_000))
    }

    /// Adds an entry in place of the oldest.
    public mutating func append(_ entry: FailureEntry) {
        total &+= 1
        if storage.count < capacity {
            storage.append(entry)
            return
        }
        storage[next] = entry
        next = (next + 1) % capacity
    }

    /// The entries, the latest first.
    public var entries: [FailureEntry] { Array(storage[next...] + storage[..<next]).reversed() }

    /// The entries of several loops, the latest first, at most `count`.
    public static func merged(_ rings: [FailureRing], count: Int = 100) -> [FailureEntry] {
        Array(rings.flatMap(\.entries).sorted { $0.startTime > $1.startTime }.prefix(max(0, count)))
    }
}
