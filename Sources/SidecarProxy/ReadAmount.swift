import NIOCore

/// How much is read from a connection before others have their turn.
struct ReadAmount: Equatable {
    /// The most that is read at a time, in bytes.
    let piece: Int
    /// How many times that is read; a connection keeps the memory of as many pieces.
    let count: UInt

    /// A head with a little behind it: what most responses are, and the beginning of those that the kernel moves.
    static let least = ReadAmount(piece: 4096, count: 1)
    /// Whole messages that are not large.
    static let medium = ReadAmount(piece: 16_384, count: 1)
    /// What is copied; as much is kept when the other side does not take it.
    static let large = ReadAmount(piece: 65_536, count: 2)

    /// Starts with an eighth, and grows as long as there is more.
    var allocator: AdaptiveRecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 64, initial: piece / 8, maximum: piece)
    }

    /// Has `channel` read like this; memory that it has for larger pieces is used on.
    func apply(to channel: any Channel) {
        // The options cannot fail on an open channel; a closed one reads nothing more.
        try? channel.syncOptions?.setOption(.maxMessagesPerRead, value: count)
        try? channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    }
}
