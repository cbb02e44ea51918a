import NIOCore
import Synchronization

/// Sets the deadlines of clients apart who came together, so that the loop does not have to end them all in one turn.
final class DeadlineSpread: Sendable {
    private let count = Atomic<UInt32>(0)

    /// How much later the next deadline is: from nothing, which the first one gets, to a sixteenth of `amount`.
    func next(of amount: TimeAmount) -> TimeAmount {
        // Multiples of the golden ratio lie far from those just before them.
        let fraction = (count.wrappingAdd(1, ordering: .relaxed).oldValue &* 2_654_435_769) >> 24
        return .nanoseconds(amount.nanoseconds / (16 * 256) * Int64(fraction))
    }
}
