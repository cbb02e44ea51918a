import Glibc

/// Records the spans of requests that are sampled.
///
/// What the caller decided holds for its trace; of requests without a context a share is sampled.
public struct Tracer: Sendable {
    /// A span that has begun: what the log names, and what is recorded at its end.
    public struct Begun: Sendable {
        /// The trace.
        public let trace: TraceIdentifier
        /// The span itself.
        public let identifier: SpanIdentifier
        /// The caller's span.
        public let parent: SpanIdentifier?
    }

    private let queue: SpanQueue
    private let share: Double

    /// Makes a tracer.
    ///
    /// - Parameters:
    ///   - queue: Where finished spans go.
    ///   - share: Which part of the requests without a context is sampled, 0 to 1.
    public init(queue: SpanQueue, share: Double = 0) {
        self.queue = queue
        self.share = share
    }

    /// Begins the span of a request; nil when it is not sampled.
    public func begin(_ context: TraceContext?) -> Begun? {
        if let context {
            guard context.isSampled else { return nil }
            return Begun(trace: context.trace, identifier: .random(), parent: context.parent)
        }
        guard share > 0, Double.random(in: 0..<1) < share else { return nil }
        return Begun(trace: .random(), identifier: .random(), parent: nil)
    }

    /// Records the span of a request that has just been answered.
    ///
    /// - Parameters:
    ///   - begun: The span.
    ///   - name: What was done.
    ///   - duration: How long it took.
    ///   - attributes: Facts about it.
    ///   - hasFailed: Whether it failed.
    public func end(
        _ begun: Begun,
        name: String,
        after duration: Duration,
        attributes: [(name: String, value: Span.Value)],
        hasFailed: Bool
    ) {
        let now = Self.nanoseconds()
        let (seconds, attoseconds) = duration.components
        let length = UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds)) / 1_000_000_000
        queue.add(
            Span(
                trace: begun.trace,
                identifier: begun.identifier,
                parent: begun.parent,
                name: name,
                start: now > length ? now - length : 0,
                end: now,
                attributes: attributes,
                hasFailed: hasFailed
            )
        )
    }

    /// The time of the system's clock in nanoseconds since 1970.
    private static func nanoseconds() -> UInt64 {
        var time = timespec()
        // Safety: the call only writes the struct it is given.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec))
    }
}
