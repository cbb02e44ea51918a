import NIOCore

/// A connection that sends what was written to it at the end of the loop's round.
protocol RoundFlushing: AnyObject {
    /// Sends what was written, now.
    func flushNow()
}

/// The connections of one loop that have something to send.
///
/// A loop learns of many connections at once that they can be read. Were each answer sent as soon as it is there, whoever
/// gets it would be woken for each of them, and each would be a call into the kernel of its own even where one connection
/// carries many: so all are sent when everything has been read. Large bodies do not wait: what fifty connections have
/// read together is more than the processor's cache holds, and much memory.
final class FlushRound {
    /// From how many bytes on a connection sends at once, after what it has read.
    static let largeAmount = 16_384

    private let eventLoop: any EventLoop
    private var waiting: [any RoundFlushing] = []
    /// The connections that are being sent to; empty but for its storage otherwise.
    private var current: [any RoundFlushing] = []

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Has ``RoundFlushing/flushNow()`` called when the events at hand are handled; a connection asks once a round.
    func add(_ connection: any RoundFlushing) {
        waiting.append(connection)
        guard waiting.count == 1 else { return }
        eventLoop.assumeIsolated().execute { [self] in flush() }
    }

    private func flush() {
        swap(&waiting, &current)
        // Whoever can send again may have another connection write, which then waits for the next round.
        for connection in current { connection.flushNow() }
        current.removeAll(keepingCapacity: true)
    }
}
