/// Whether a container is short of memory.
///
///     calm --90 % of the limit in use--> short --less than 80 %--> calm
///
/// The gap keeps it from changing its mind with every request.
public struct MemoryPressure: Sendable, Equatable {
    /// Whether new work should be refused.
    public private(set) var isShort = false
    private let limit: UInt64

    /// Makes the state of a container that may use `limit` bytes.
    public init(limit: UInt64) {
        self.limit = limit
    }

    /// Takes the number of bytes in use.
    ///
    /// - Returns: Whether ``isShort`` has changed.
    public mutating func update(used: UInt64) -> Bool {
        let before = isShort
        isShort = used >= limit / 10 * (before ? 8 : 9)
        return isShort != before
    }
}
