import Testing

@testable import Tracing

@Suite struct TracerTests {
    private let queue = SpanQueue(limit: 2)

    private func context(isSampled: Bool) throws -> TraceContext {
        let trace = try #require(TraceIdentifier(high: 1, low: 2))
        let parent = try #require(SpanIdentifier(3))
        return TraceContext(trace: trace, parent: parent, isSampled: isSampled)
    }

    @Test("the caller decides whether its trace is recorded")
    func followsCaller() throws {
        let tracer = Tracer(queue: queue, share: 1)
        let span = try #require(tracer.begin(context(isSampled: true)))
        #expect(span.trace.text == "00000000000000010000000000000002")
        #expect(span.parent?.text == "0000000000000003")
        #expect(try tracer.begin(context(isSampled: false)) == nil)
    }

    @Test("without a caller's trace a share is recorded", arguments: [0.0, 1.0])
    func share(share: Double) {
        let tracer = Tracer(queue: queue, share: share)
        #expect((0..<100).count { _ in tracer.begin(nil) != nil } == Int(share * 100))
    }

    @Test("a full queue drops and counts")
    func full() throws {
        let tracer = Tracer(queue: queue, share: 1)
        for _ in 0..<5 {
            let span = try #require(tracer.begin(nil))
            tracer.end(span, name: "x", after: .milliseconds(3), attributes: [], hasFailed: false)
        }
        #expect(queue.count == 2)
        #expect(queue.dropped == 3)
        let taken = queue.take(10)
        #expect(taken.allSatisfy { $0.end - $0.start == 3_000_000 })
        #expect(queue.count == 0)
    }
}
