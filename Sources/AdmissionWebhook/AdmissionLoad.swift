public import NIOCore
import Synchronization

/// The bounds of the work that waits for the engine.
///
/// Small reviews wait in the sockets of the event loop that answers them, large ones in the queue of the pool. What is
/// over either bound is answered with 429 and `Retry-After`, which the API server obeys within the webhook's timeout.
public final class AdmissionLoad: Sendable {
    /// The most large reviews that wait or are being answered.
    public let queueLimit: Int
    private let queued = Atomic<Int>(0)
    private let loops: [(loop: ObjectIdentifier, load: NIOLoopBoundBox<LoopLoad>)]

    /// Makes the bounds.
    ///
    /// - Parameters:
    ///   - loops: The event loops that answer; reviews on others are always answered.
    ///   - longestTurn: The time that reviews may wait in sockets before the loop counts as overloaded.
    ///   - queueLimit: The most large reviews that wait or are being answered.
    public init(
        loops: [any EventLoop] = [],
        longestTurn: Duration = .milliseconds(100),
        queueLimit: Int = 64
    ) {
        self.queueLimit = queueLimit
        var settings = OverloadState.Settings()
        settings.longestTurn = longestTurn
        self.loops = loops.map { loop in
            (
                ObjectIdentifier(loop),
                .makeBoxSendingValue(LoopLoad(eventLoop: loop, settings: settings), eventLoop: loop)
            )
        }
    }

    /// The large reviews that wait or are being answered now.
    public var queueLength: Int { queued.load(ordering: .relaxed) }

    /// Decides about a small review at hand on `eventLoop` at `now`; call it on that loop.
    ///
    /// - Parameters:
    ///   - eventLoop: The loop of the connection.
    ///   - now: The time.
    ///   - hasWaited: Whether the connection has stood in line since its last review.
    /// - Returns: What becomes of it.
    func verdict(on eventLoop: any EventLoop, at now: ContinuousClock.Instant, hasWaited: Bool) -> LoopVerdict {
        let identifier = ObjectIdentifier(eventLoop)
        for entry in loops where entry.loop == identifier {
            return entry.load.value.verdict(at: now, hasWaited: hasWaited)
        }
        return .answer
    }

    /// Takes a place in the queue; returns false when there is none left.
    func takePlace() -> Bool {
        guard queued.wrappingAdd(1, ordering: .relaxed).newValue > queueLimit else { return true }
        queued.wrappingSubtract(1, ordering: .relaxed)
        return false
    }

    /// Gives the place of an answered review back.
    func returnPlace() {
        queued.wrappingSubtract(1, ordering: .relaxed)
    }
}
