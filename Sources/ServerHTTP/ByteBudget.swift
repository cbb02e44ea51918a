import Synchronization

/// The memory that all request bodies in flight share.
///
/// Bytes are taken as they arrive, not as they are announced: a slow client must send what it wants to occupy.
public final class ByteBudget: Sendable {
    /// The most bytes in flight.
    public let limit: Int
    private let used = Atomic<Int>(0)

    /// Makes a budget of `limit` bytes.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Makes the default budget: 128 MiB or an eighth of the memory limit, whichever is less, but one body in any case.
    ///
    /// - Parameters:
    ///   - bodyBytes: The longest body (``HTTPServerLimits/bodyBytes``).
    ///   - memoryLimit: The memory of the container (``MemoryLimit/current()``); nil for no limit.
    public convenience init(bodyBytes: Int, memoryLimit: UInt64?) {
        let most = 128 * 1024 * 1024
        let share = memoryLimit.map { Int(clamping: $0 / 8) } ?? most
        self.init(limit: max(min(most, share), bodyBytes))
    }

    /// The bytes in flight now.
    public var inFlight: Int { used.load(ordering: .relaxed) }

    /// Takes `count` bytes; returns false, and takes nothing, when they are not left.
    func take(_ count: Int) -> Bool {
        guard used.wrappingAdd(count, ordering: .relaxed).newValue > limit else { return true }
        used.wrappingSubtract(count, ordering: .relaxed)
        return false
    }

    /// Gives `count` bytes back.
    func give(_ count: Int) {
        guard count > 0 else { return }
        used.wrappingSubtract(count, ordering: .relaxed)
    }
}
