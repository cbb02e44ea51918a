import NIOCore
import Synchronization

/// What a listener has counted, readable from every thread without a lock.
public final class ConnectionCounters: Sendable {
    private let acceptedCount = Atomic<UInt64>(0)
    private let activeCount = Atomic<Int>(0)
    private let overTotalCount = Atomic<UInt64>(0)
    private let overSourceCount = Atomic<UInt64>(0)
    private let acceptErrorCount = Atomic<UInt64>(0)
    private let failedSetupCount = Atomic<UInt64>(0)
    private let lastAcceptedTime = Atomic<UInt64>(0)

    /// Makes counters at zero.
    public init() {}

    /// Connections taken in since the start.
    public var accepted: UInt64 { acceptedCount.load(ordering: .relaxed) }
    /// Connections open now.
    public var active: Int { activeCount.load(ordering: .acquiring) }
    /// Connections closed at once because ``ConnectionLimits/total`` was reached.
    public var rejectedOverTotal: UInt64 { overTotalCount.load(ordering: .relaxed) }
    /// Connections closed at once because ``ConnectionLimits/perSource`` was reached.
    public var rejectedOverSource: UInt64 { overSourceCount.load(ordering: .relaxed) }
    /// Failures of the system to hand over a connection: no descriptors, no memory.
    public var acceptErrors: UInt64 { acceptErrorCount.load(ordering: .relaxed) }
    /// Connections closed because a ``ConnectionInitializer`` threw.
    public var failedSetups: UInt64 { failedSetupCount.load(ordering: .relaxed) }

    /// When the last connection was taken in, or nil when none was.
    var lastAccepted: NIODeadline? {
        let time = lastAcceptedTime.load(ordering: .relaxed)
        return time == 0 ? nil : .uptimeNanoseconds(time)
    }

    func countAccepted(at now: NIODeadline) {
        acceptedCount.wrappingAdd(1, ordering: .relaxed)
        lastAcceptedTime.store(now.uptimeNanoseconds, ordering: .relaxed)
    }

    /// Takes one of `limit` places; returns false when there is none left.
    func takePlace(limit: Int) -> Bool {
        guard activeCount.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue > limit else { return true }
        activeCount.wrappingSubtract(1, ordering: .acquiringAndReleasing)
        return false
    }

    func returnPlace() {
        activeCount.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    }

    func countRejectedOverTotal() { overTotalCount.wrappingAdd(1, ordering: .relaxed) }
    func countRejectedOverSource() { overSourceCount.wrappingAdd(1, ordering: .relaxed) }
    func countAcceptError() { acceptErrorCount.wrappingAdd(1, ordering: .relaxed) }
    func countFailedSetup() { failedSetupCount.wrappingAdd(1, ordering: .relaxed) }
}
