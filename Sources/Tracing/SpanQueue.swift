import Synchronization

/// Finished spans that wait to be exported: bounded, and never a reason to wait.
public final class SpanQueue: Sendable {
    /// The most spans that wait.
    public let limit: Int
    private let spans = Mutex<[Span]>([])
    private let droppedCount = Atomic<UInt64>(0)

    /// Makes an empty queue.
    public init(limit: Int = 2_048) {
        self.limit = limit
    }

    /// Spans that were dropped because the queue was full.
    public var dropped: UInt64 { droppedCount.load(ordering: .relaxed) }

    /// The spans that wait.
    public var count: Int { spans.withLock { $0.count } }

    /// Adds a span, or drops it when the queue is full.
    public func add(_ span: Span) {
        let isTaken = spans.withLock { spans in
            guard spans.count < limit else { return false }
            spans.append(span)
            return true
        }
        if !isTaken { droppedCount.wrappingAdd(1, ordering: .relaxed) }
    }

    /// Takes out the oldest spans, at most `count`.
    func take(_ count: Int) -> [Span] {
        spans.withLock { spans in
            let taken = Array(spans.prefix(count))
            spans.removeFirst(taken.count)
            return taken
        }
    }
}
