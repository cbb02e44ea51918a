/// Draws candidates at random in proportion to their weights, in constant time (Walker's alias method).
struct WeightedSampler: Sendable {
    private struct Bucket: Sendable {
        /// Below this share of the total the bucket's own candidate is drawn, else its alias.
        var threshold: UInt64
        var alias: UInt32
    }

    private var count = 0
    private var total: UInt64 = 0
    /// Empty when all weights are equal.
    private var buckets: [Bucket] = []

    init() {}

    /// Makes a sampler of candidates with `weights`.
    init(weights: [UInt32]) {
        count = weights.count
        guard let first = weights.first, weights.contains(where: { $0 != first }) else { return }
        total = weights.reduce(0) { $0 + UInt64($1) }
        // Each bucket holds `total` of a sum of `total * count`: what is too much for one fills up another.
        var scaled = weights.map { UInt64($0) * UInt64(count) }
        buckets = scaled.indices.map { Bucket(threshold: total, alias: UInt32($0)) }
        var small = scaled.indices.filter { scaled[$0] < total }
        var large = scaled.indices.filter { scaled[$0] > total }
        while let less = small.popLast(), let more = large.last {
            buckets[less] = Bucket(threshold: scaled[less], alias: UInt32(more))
            scaled[more] -= total - scaled[less]
            guard scaled[more] <= total else { continue }
            large.removeLast()
            if scaled[more] < total { small.append(more) }
        }
    }

    /// A candidate, or nil when there is none.
    func draw(_ random: inout RandomWords) -> Int? {
        guard count > 0 else { return nil }
        let index = Int(UInt64(count).multipliedFullWidth(by: random.next()).high)
        guard index < buckets.count else { return index }
        let bucket = buckets[index]
        return total.multipliedFullWidth(by: random.next()).high < bucket.threshold ? index : Int(bucket.alias)
    }
}
