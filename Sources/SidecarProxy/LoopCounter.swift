import Synchronization

/// A count that one event loop writes and every thread may read.
///
/// With a single writer a load and a store are enough: on the processors in question they are plain moves.
struct LoopCounter: ~Copyable, Sendable {
    private let value = Atomic<Int>(0)

    /// The count.
    var current: Int { value.load(ordering: .relaxed) }

    /// Sets the count; only on the owning loop.
    func set(_ count: Int) { value.store(count, ordering: .relaxed) }

    /// Adds `amount`; only on the owning loop.
    @inline(__always)
    func add(_ amount: Int = 1) {
        value.store(value.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
