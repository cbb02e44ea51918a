/// Deals turns in proportion to weights and as evenly mixed as they allow.
///
/// Equal weights take turns. Others are scheduled by stride: each candidate's next turn is due after a stride that is
/// inverse to its weight, and a heap holds who is due first (earliest deadline first, as Envoy does it). A turn costs
/// the logarithm of the number of candidates and allocates nothing.
struct WeightedRoundRobin: Sendable {
    private struct Turn: Sendable {
        var due: UInt64
        /// Breaks ties: who waits longer comes first.
        var order: UInt64
        var candidate: UInt32

        func isBefore(_ other: Turn) -> Bool { due == other.due ? order < other.order : due < other.due }
    }

    private var count = 0
    private var cursor = 0
    /// Empty when all weights are equal.
    private var heap: [Turn] = []
    private var strides: [UInt64] = []
    private var order: UInt64 = 0

    /// The stride of weight 1.
    private static let unit: UInt64 = 1 << 32
    /// Beyond this, all deadlines are moved back together, once in 2^30 turns at most.
    private static let latest: UInt64 = 1 << 62

    init() {}

    /// Makes a dealer for candidates with `weights`; `random` chooses where it begins.
    init(weights: [UInt32], random: UInt64) {
        count = weights.count
        guard let first = weights.first else { return }
        if weights.allSatisfy({ $0 == first }) {
            cursor = Int(UInt64(count).multipliedFullWidth(by: random).high)
            return
        }
        strides = weights.map { max(1, Self.unit / UInt64(max(1, $0))) }
        heap = strides.enumerated().map { Turn(due: $1, order: UInt64($0), candidate: UInt32($0)) }
        order = UInt64(count)
        for index in stride(from: heap.count / 2, through: 0, by: -1) { sink(index) }
        // Several loops that begin together should not all begin with the heaviest.
        let turns = UInt64(min(count, 1024)).multipliedFullWidth(by: random).high
        for _ in 0..<turns { _ = next() }
    }

    /// The candidate whose turn it is, or nil when there is none.
    mutating func next() -> Int? {
        guard let turn = heap.first else {
            guard count > 0 else { return nil }
            let candidate = cursor
            cursor = candidate + 1 == count ? 0 : candidate + 1
            return candidate
        }
        let candidate = Int(turn.candidate)
        if turn.due > Self.latest { rebase(turn.due) }
        heap[0].due += strides[candidate]
        heap[0].order = order
        order &+= 1
        sink(0)
        return candidate
    }

    private mutating func rebase(_ origin: UInt64) {
        for index in heap.indices { heap[index].due -= min(origin, heap[index].due) }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            let left = 2 * index + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && heap[right].isBefore(heap[left]) ? right : left
            guard heap[child].isBefore(heap[index]) else { return }
            heap.swapAt(child, index)
            index = child
        }
    }
}
