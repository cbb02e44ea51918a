import CSplice
import Glibc
import NIOCore

/// A pipe through which the kernel moves bytes from one connection to another without copying them (splice(2)).
///
/// It is empty but while ``move(from:to:atMost:)`` works, so one serves all connections of a loop.
final class SplicePipe {
    /// The fewest bytes for which calling the kernel three times is worth it.
    static let least = 16_384
    /// The most that goes ahead of them, in bytes.
    static let aheadLimit = 8192
    /// How much the pipe holds, in pages that need not be full, where the system allows that much (pipe(7),
    /// `pipe-max-size`).
    static let capacity: CInt = 1 << 20
    /// The most that is moved before other connections have their turn, in bytes.
    private static let limit = 1 << 20

    private let input: CInt
    private let output: CInt
    /// Whether bytes are left in it that nobody could take out.
    private(set) var isBroken = false
    /// Whether the system does not allow it.
    private(set) var isRefused = false

    /// Makes a pipe of `capacity` bytes; nil when there are no descriptors left.
    init?(capacity: CInt = SplicePipe.capacity) {
        var ends: (CInt, CInt) = (-1, -1)
        let isMade = unsafe withUnsafeMutablePointer(to: &ends) { pointer in
            unsafe pointer.withMemoryRebound(to: CInt.self, capacity: 2) {
                unsafe CSplice_pipe($0, capacity)
            }
        }
        guard isMade != 0 else { return nil }
        (output, input) = ends
    }

    deinit {
        Glibc.close(input)
        Glibc.close(output)
    }

    /// Moves what `source` has received to `target`, as far as that takes it and has nothing else to send.
    ///
    /// The end of what `source` sends is left for whoever reads next; the channel of one that has failed is told so.
    ///
    /// - Parameters:
    ///   - source: Where bytes come from; what was read from it before has been written to `target`, or stands in `head`.
    ///   - target: Where they go.
    ///   - head: What goes first and in the same packets, at most ``aheadLimit`` bytes. It is left as it is where nothing
    ///     is moved and the source goes on.
    ///   - limit: The most to move, in bytes.
    /// - Returns: How many were moved, without those of `head`.
    func move(
        from source: PlainSocket,
        to target: PlainSocket,
        behind head: inout ByteBuffer,
        atMost limit: Int
    ) -> Int {
        guard let reading = source.open, let writing = target.idle else { return 0 }
        let limit = min(limit, Self.limit)
        var moved = 0
        while moved < limit {
            // What the target does not take now would have to be copied.
            let room = target.room(for: limit - moved + head.readableBytes)
            guard room >= Self.least else { break }
            let wanted = max(0, min(limit - moved, room - head.readableBytes))
            let taken = CSplice_move(reading, input, UInt(wanted))
            if taken == CSplice_refused { isRefused = true }
            if taken == CSplice_failed {
                send(&head, to: target, isMoreBehind: false)
                source.fail()
            }
            guard taken > 0 else { break }
            moved += taken
            guard send(&head, and: taken, to: target, writing) else { break }
        }
        return moved
    }

    /// Sends what goes ahead and then all that is in the pipe; returns whether `target` took it and may take more.
    private func send(_ head: inout ByteBuffer, and count: Int, to target: PlainSocket, _ writing: CInt) -> Bool {
        guard send(&head, to: target, isMoreBehind: true) else {
            drain(count, into: target)
            return false
        }
        target.hasSent(count)
        return send(count, to: target, writing)
    }

    /// Sends what goes ahead, or has the channel send what is left of it; returns whether `target` took all of it.
    @discardableResult
    private func send(_ head: inout ByteBuffer, to target: PlainSocket, isMoreBehind: Bool) -> Bool {
        guard head.readableBytes > 0 else { return true }
        target.send(&head, isMoreBehind: isMoreBehind)
        guard head.readableBytes > 0 else { return true }
        target.sendByChannel(head)
        head.moveReaderIndex(to: head.writerIndex)
        return false
    }

    /// Takes all that is in the pipe out of it; returns whether `target` took it and may take more.
    private func send(_ count: Int, to target: PlainSocket, _ writing: CInt) -> Bool {
        var left = count
        while left > 0 {
            let sent = CSplice_move(output, writing, UInt(left))
            if sent == CSplice_refused { isRefused = true }
            if sent == CSplice_failed {
                isBroken = true
                target.fail()
                return false
            }
            guard sent > 0 else {
                drain(left, into: target)
                return false
            }
            left -= sent
        }
        return true
    }

    /// Has `count` bytes sent by the channel, which waits until that can be done, or learns that it cannot.
    private func drain(_ count: Int, into target: PlainSocket) {
        var bytes = ByteBufferAllocator().buffer(capacity: count)
        while bytes.readableBytes < count {
            let left = count - bytes.readableBytes
            let read = unsafe bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: left) { memory in
                unsafe max(0, Glibc.read(output, memory.baseAddress, left))
            }
            guard read > 0 else {
                // A part must not be taken for the whole.
                isBroken = true
                return target.fail()
            }
        }
        target.sendByChannel(bytes)
    }
}
