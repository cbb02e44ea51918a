import NIOCore
import NIOHTTP1

/// Input that arrived while an earlier request was unfinished, in order.
///
/// Bounded: reading stops as long as anything waits, so at most one burst of reads is here, and of that at most the
/// configured number of requests.
struct PendingInput {
    /// One step of input.
    enum Item {
        /// A part of a request.
        case part(HTTPServerRequestPart)
        /// The bytes after the last part are refused.
        case refusal(HTTPRefusal)
    }

    private var items = CircularBuffer<Item>()
    private var requests = 0
    private let limit: Int
    private var isCut = false

    /// Makes an empty queue for at most `limit` requests.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether nothing waits.
    var isEmpty: Bool { items.isEmpty }

    /// Adds a step; a request over the limit becomes a refusal, and whatever follows it is dropped.
    mutating func append(_ item: Item) {
        guard !isCut else { return }
        switch item {
        case .part(.head):
            requests += 1
            guard requests <= limit else {
                return cut(HTTPRefusal(.overBudget, "Too many requests wait on this connection."))
            }
            items.append(item)
        case .part:
            items.append(item)
        case .refusal(let refusal):
            cut(refusal)
        }
    }

    /// Takes the oldest step.
    mutating func next() -> Item? {
        guard let item = items.popFirst() else { return nil }
        if case .part(.head) = item { requests -= 1 }
        return item
    }

    /// Drops everything.
    mutating func removeAll() {
        items.removeAll()
        requests = 0
    }

    private mutating func cut(_ refusal: HTTPRefusal) {
        isCut = true
        items.append(.refusal(refusal))
    }
}
