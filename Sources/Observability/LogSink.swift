import Glibc
import Synchronization

/// Writes log lines to a descriptor without ever making a caller wait.
///
/// Lines go into a bounded queue that one thread empties. When whoever reads the descriptor stops, or the disk is full,
/// the queue fills up and further lines are counted and dropped: losing a line is better than losing a request.
public final class LogSink: Sendable {
    private struct Queue {
        var waiting: [UInt8] = []
        var beingWritten = 0
        var isClosed = false
    }

    /// How long the first line waits for others, in microseconds: at a thousand lines a second, ten share a wake-up.
    private static let gathering: UInt32 = 10_000

    private let descriptor: CInt
    private let capacity: Int
    private let queue = Mutex(Queue())
    private let dropped = Atomic<UInt64>(0)
    private let wake = WakeUp()

    /// Makes a sink and starts its thread.
    ///
    /// - Parameters:
    ///   - descriptor: Where to write; it stays the caller's.
    ///   - capacity: The most bytes that wait or are being written.
    public init(descriptor: CInt, capacity: Int = 1 << 20) {
        self.descriptor = descriptor
        self.capacity = capacity
        WriterThread.start { [self] in run() }
    }

    /// Lines that were lost because the queue was full or could not be written: `pillion_log_lines_dropped_total`.
    public var droppedLines: UInt64 { dropped.load(ordering: .relaxed) }

    /// Puts a line, which ends in a line feed, into the queue, or drops it when there is no room.
    public func write(_ line: [UInt8]) {
        let (wasTaken, isFirst) = queue.withLock { queue in
            guard !queue.isClosed, queue.waiting.count + queue.beingWritten + line.count <= capacity else {
                return (false, false)
            }
            let isFirst = queue.waiting.isEmpty
            queue.waiting.append(contentsOf: line)
            return (true, isFirst)
        }
        if isFirst { wake.signal() }
        if !wasTaken { dropped.wrappingAdd(1, ordering: .relaxed) }
    }

    /// Waits until everything is written, at the end of the program.
    ///
    /// - Parameter limit: The longest to wait.
    /// - Returns: Whether everything was written in time.
    @discardableResult
    public func flush(within limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        while !isEmpty {
            guard ContinuousClock.now < deadline else { return false }
            usleep(1_000)
        }
        return true
    }

    /// Ends the thread once it has written what waits; later lines are dropped.
    public func close() {
        queue.withLock { $0.isClosed = true }
        wake.signal()
    }

    private var isEmpty: Bool {
        queue.withLock { $0.waiting.isEmpty && $0.beingWritten == 0 }
    }

    private func run() {
        while true {
            let (bytes, isClosed) = queue.withLock { queue in
                let bytes = queue.waiting
                queue.waiting = []
                queue.beingWritten = bytes.count
                return (bytes, queue.isClosed)
            }
            guard !bytes.isEmpty else {
                if isClosed { return }
                wake.wait()
                // A wake-up and a write for many lines instead of one: under load they cost as much as the lines.
                usleep(Self.gathering)
                continue
            }
            let lost = DescriptorWriter.write(bytes, to: descriptor)
            dropped.wrappingAdd(UInt64(lost), ordering: .relaxed)
            queue.withLock { $0.beingWritten = 0 }
        }
    }
}
