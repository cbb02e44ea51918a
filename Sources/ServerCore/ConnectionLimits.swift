public import NIOCore

/// How many connections a listener holds.
///
/// A connection over a limit is closed as soon as it is accepted, and counted.
public struct ConnectionLimits: Sendable, Equatable {
    /// The most connections open at a time.
    public var total: Int
    /// The most connections open at a time from one source address, or nil for no such limit.
    public var perSource: Int?
    /// The length of the kernel's queue of connections not accepted yet (capped by `net.core.somaxconn`).
    public var backlog: Int32
    /// How long accepting stops after the process ran out of descriptors or memory.
    public var acceptPause: TimeAmount

    /// Makes limits; the defaults are 10,000 in total and 1,000 from one address.
    public init(
        total: Int = 10_000,
        perSource: Int? = 1_000,
        backlog: Int32 = 1_024,
        acceptPause: TimeAmount = .milliseconds(100)
    ) {
        self.total = total
        self.perSource = perSource
        self.backlog = backlog
        self.acceptPause = acceptPause
    }

    /// The bytes set aside for a connection of TLS.
    ///
    /// At rest it has 20 KiB; a handshake, a request and an answer come on top, but seldom on all at once.
    private static let connectionBytes: UInt64 = 64 << 10

    /// The most connections in a container with so much memory: 10,000, or as many as half of it holds, but 64 anyway.
    ///
    /// Slow clients open one connection after the other, and more of them than fit would end the process.
    ///
    /// - Parameter memoryLimit: The memory of the container (``MemoryLimit/current()``); nil for no limit.
    /// - Returns: The number.
    public static func total(memoryLimit: UInt64?) -> Int {
        let most = ConnectionLimits().total
        guard let memoryLimit else { return most }
        return max(64, min(most, Int(clamping: memoryLimit / 2 / connectionBytes)))
    }
}
