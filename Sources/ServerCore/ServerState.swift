import Synchronization

/// The phase of a server, readable from every thread without a lock.
///
/// ```
/// starting -> ready -> draining -> refusing -> stopped
/// ```
///
/// Phases may be skipped but never return: advancing to an earlier phase changes nothing.
public final class ServerState: Sendable {
    /// Where a server is in its life.
    public enum Phase: UInt8, Sendable, Comparable, CaseIterable {
        /// Not all sockets are bound yet.
        case starting
        /// Bound and serving.
        case ready
        /// Serving, but every reply asks the client to leave; readiness fails.
        case draining
        /// New work is turned away; what is under way still finishes.
        case refusing
        /// All sockets are closed.
        case stopped

        /// Orders phases by time.
        public static func < (left: Phase, right: Phase) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    private let value = Atomic<UInt8>(Phase.starting.rawValue)

    /// Makes the state of a server that has not started.
    public init() {}

    /// The phase now.
    public var phase: Phase {
        Phase(rawValue: value.load(ordering: .acquiring)) ?? .stopped
    }

    /// Whether the server wants new work: what `/readyz` asks.
    public var isReady: Bool { phase == .ready }

    /// Whether the server is on its way out, so that replies must ask the client to leave.
    public var isLeaving: Bool { phase >= .draining }

    /// Moves on to `phase`; returns whether this call made the change.
    @discardableResult
    public func advance(to phase: Phase) -> Bool {
        var current = value.load(ordering: .acquiring)
        while current < phase.rawValue {
            let (exchanged, original) = value.compareExchange(
                expected: current,
                desired: phase.rawValue,
                ordering: .acquiringAndReleasing
            )
            if exchanged { return true }
            current = original
        }
        return false
    }
}
