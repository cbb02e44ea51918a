/// The lookup table of the Maglev load balancer: each endpoint fills places of a table in an order of its own.
///
/// Looking up costs one access. When endpoints come or go, nearly all places keep their endpoint. The same endpoints
/// give the same table, whatever their order. Weights give endpoints turns in proportion, as in Envoy.
struct MaglevTable: Sendable {
    /// The endpoint at each place; two bytes, because 65,537 places cannot serve more endpoints well.
    private(set) var owners: [UInt16] = []

    private struct Candidate {
        let owner: UInt16
        let weight: Double
        var place: UInt64
        let skip: UInt64
        var target = 0.0
    }

    init() {}

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - endpoints: The endpoints, of which the first 65,535 are used.
    ///   - size: The number of places, a prime of at most 5,000,011 (Envoy's limit).
    init(_ endpoints: [Endpoint], size: UInt64) {
        let size = max(2, min(size, 5_000_011))
        guard !endpoints.isEmpty else { return }
        let used = endpoints.indices.prefix(Int(UInt16.max)).sorted { endpoints[$0].key < endpoints[$1].key }
        let heaviest = Double(used.map { endpoints[$0].weight }.max() ?? 1)
        var candidates = used.map { index in
            let key = Array(endpoints[index].key.utf8)
            return Candidate(
                owner: UInt16(truncatingIfNeeded: index),
                weight: Double(endpoints[index].weight) / heaviest,
                place: XXHash64.hash(key.span) % size,
                skip: XXHash64.hash(key.span, seed: 1) % (size - 1) + 1
            )
        }
        owners = Self.filled(&candidates, size: size)
    }

    /// The endpoint for `hash`, or nil in an empty table.
    ///
    /// - Parameters:
    ///   - hash: The hash of the request.
    ///   - attempt: How many endpoints have been passed over; each changes the hash.
    /// - Returns: The endpoint's index among those the table was made of.
    func owner(of hash: UInt64, attempt: Int = 0) -> Int? {
        guard !owners.isEmpty else { return nil }
        let hash = attempt > 0 ? hash ^ (~0 &- UInt64(truncatingIfNeeded: attempt) &+ 1) : hash
        return Int(owners[Int(hash % UInt64(owners.count))])
    }

    private static func filled(_ candidates: inout [Candidate], size: UInt64) -> [UInt16] {
        var table = [UInt16](repeating: 0, count: Int(size))
        var isTaken = [Bool](repeating: false, count: Int(size))
        var filled: UInt64 = 0
        var round = 1.0
        while true {
            for index in candidates.indices {
                // A candidate with half the weight takes part in every other round.
                guard round * candidates[index].weight >= candidates[index].target else { continue }
                candidates[index].target += 1
                var place = candidates[index].place
                let skip = candidates[index].skip
                // The size is a prime, so the steps reach every place: they end while one is free. A size that is
                // none is bounded by the count of steps.
                var steps: UInt64 = 0
                while isTaken[Int(place)] {
                    place = (place + (steps < size ? skip : 1)) % size
                    steps += 1
                }
                candidates[index].place = (place + skip) % size
                table[Int(place)] = candidates[index].owner
                isTaken[Int(place)] = true
                filled += 1
                if filled == size { return table }
            }
            round += 1
        }
    }
}
