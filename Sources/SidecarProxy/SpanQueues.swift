import ProxyConfiguration
import Synchronization
import Tracing

/// The queues of finished spans, one for each place where spans go; they outlive configurations.
final class SpanQueues: Sendable {
    private let queues = Mutex<[TracingConfiguration: SpanQueue]>([:])

    /// The queue for what `configuration` says.
    func queue(for configuration: TracingConfiguration) -> SpanQueue {
        queues.withLock { queues in
            if let queue = queues[configuration] { return queue }
            let queue = SpanQueue()
            queues[configuration] = queue
            return queue
        }
    }

    /// Spans that were lost because a queue was full.
    var dropped: UInt64 { queues.withLock { $0.values.reduce(0) { $0 &+ $1.dropped } } }
}
