import HTTP1
import ProxyConfiguration
import ProxyHeaders
import Tracing

/// How the requests of a connection manager are traced, prepared once and never changed.
struct TracePlan: Sendable {
    /// The request's place in its trace.
    struct Begun: Sendable {
        /// The proxy's own span; its parent is the caller's.
        let position: TracePosition
        /// Whether it is recorded.
        let isSampled: Bool

        /// The trace, 32 hexadecimal digits.
        var traceID: String {
            TraceIdentifier(high: position.traceHigh, low: position.traceLow)?.text ?? ""
        }
    }

    /// Where finished spans go.
    let queue: SpanQueue
    /// The share of the requests without a decision of their caller that is recorded, 0 to 1.
    private let share: Double

    init(_ configuration: TracingConfiguration, queue: SpanQueue) {
        self.queue = queue
        share = max(0, min(1, configuration.randomSampling / 100)) * max(0, min(1, configuration.overallSampling / 100))
    }

    /// Begins the span of a request: the caller's headers make way for lines that name it.
    ///
    /// - Parameters:
    ///   - head: The request's head, in which lines that go are marked.
    ///   - bytes: Its bytes.
    ///   - random: Gives random words.
    ///   - lines: Where the new lines are written.
    /// - Returns: The place of the request.
    func begin(
        _ head: inout RequestHead,
        _ bytes: Swift.Span<UInt8>,
        random: () -> UInt64,
        into lines: inout [UInt8]
    ) -> Begun? {
        var headers = TraceHeaders()
        var places: [(index: Int, name: TraceHeaders.Name)] = []
        for (index, field) in head.section.fields.enumerated() where !field.isDropped && field.known == .other {
            guard let name = TraceHeaders.Name(bytes.extracting(field.name.offsets)) else { continue }
            headers.keep(name, bytes.extracting(field.value.offsets))
            places.append((index, name))
        }
        let caller = headers.position
        let decided = caller?.isSampled ?? headers.decision.map { $0 != .deny }
        let isSampled = decided ?? (Double(random() >> 11) / Double(1 << 53) < share)
        var position = caller?.child(span: random())
        if position == nil {
            position = TracePosition(
                traceHigh: random(),
                traceLow: max(1, random()),
                span: max(1, random()),
                isSampled: nil
            )
        }
        guard var position else { return nil }
        position.isSampled = isSampled
        for (index, name) in places where headers.drops(name) { head.drop(at: index) }
        headers.write(position, into: &lines)
        return Begun(position: position, isSampled: isSampled)
    }
}
