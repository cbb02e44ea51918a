import NIOCore

/// Plaintext that waits for a flush, or for the end of the handshake, in order.
struct PendingWrites {
    /// One write.
    struct Write {
        /// The plaintext.
        var bytes: ByteBuffer
        /// Told when the record with the last of the bytes was sent.
        var promise: EventLoopPromise<Void>?
    }

    private var writes = MarkedCircularBuffer<Write>(initialCapacity: 4)
    /// How many bytes wait.
    private(set) var byteCount = 0

    /// Appends a write.
    mutating func append(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
        writes.append(Write(bytes: bytes, promise: promise))
        byteCount += bytes.readableBytes
    }

    /// How many writes wait.
    var count: Int {
        writes.count
    }

    /// Notes that everything up to here is to be sent.
    mutating func markFlush() {
        writes.mark()
    }

    /// Whether something is to be sent.
    var hasFlushed: Bool {
        writes.hasMark
    }

    /// The bytes of the first write, if it is to be sent.
    var firstFlushedBytes: Int? {
        guard writes.hasMark else { return nil }
        return writes.first?.bytes.readableBytes
    }

    /// Takes the first write, if it is to be sent.
    mutating func popFlushed() -> Write? {
        guard writes.hasMark, let write = writes.popFirst() else { return nil }
        byteCount -= write.bytes.readableBytes
        return write
    }

    /// Takes everything.
    mutating func removeAll() -> [Write] {
        defer {
            writes = MarkedCircularBuffer(initialCapacity: 0)
            byteCount = 0
        }
        return Array(writes)
    }
}
