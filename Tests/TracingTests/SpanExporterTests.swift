import HTTPClient
import JSON
import Synchronization
import Testing

@testable import Tracing

@Suite struct SpanExporterTests {
    /// A collector that answers as it is told, and remembers what it was sent.
    private final class Collector: Sendable {
        let answers: Mutex<[Int?]>
        let requests = Mutex<[HTTPClientRequest]>([])

        init(_ answers: [Int?]) {
            self.answers = Mutex(answers)
        }

        func answer(_ request: HTTPClientRequest) throws -> HTTPClientResponse {
            requests.withLock { $0.append(request) }
            let status = answers.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
            guard let status else { throw HTTPClientError(.unreachable, "nobody is there") }
            return HTTPClientResponse(status: status, fields: [.init("retry-after", "0")])
        }
    }

    private let queue = SpanQueue()

    private func span(_ number: UInt64) throws -> Span {
        Span(
            trace: try #require(TraceIdentifier(high: 0, low: 0xab)),
            identifier: try #require(SpanIdentifier(number + 1)),
            parent: SpanIdentifier(0xcd),
            name: "POST /mutate",
            start: 1,
            end: 2,
            attributes: [("a", .text("b")), ("n", .number(200))],
            hasFailed: number == 1
        )
    }

    /// Runs an exporter until `isDone`, and gives what it did and reported.
    private func run(
        _ collector: Collector,
        spans: Int,
        until isDone: @escaping @Sendable (SpanExporter.Counts) -> Bool
    ) async throws -> (counts: SpanExporter.Counts, reports: [String?]) {
        for number in 0..<spans { queue.add(try span(UInt64(number))) }
        let reports = ReportList()
        let exporter = SpanExporter(
            queue: queue,
            path: "/v1/traces",
            resource: [("service.name", "pillion")],
            interval: .milliseconds(1),
            report: { reports.add($0) },
            send: { try collector.answer($0) }
        )
        let task = Task { try await exporter.run() }
        while !isDone(exporter.counts) { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        try await task.value
        return (exporter.counts, reports.all)
    }

    /// What was reported, in order.
    private final class ReportList: Sendable {
        private let list = Mutex<[String?]>([])
        func add(_ text: String?) { list.withLock { $0.append(text) } }
        var all: [String?] { list.withLock { $0 } }
    }

    @Test("spans go out in batches", .timeLimit(.minutes(1)))
    func batches() async throws {
        let collector = Collector([])
        let (counts, reports) = try await run(collector, spans: 600) { $0.exported == 600 }
        #expect(counts == SpanExporter.Counts(exported: 600))
        #expect(collector.requests.withLock { $0.map(\.target) } == ["/v1/traces", "/v1/traces"])
        #expect(reports.isEmpty)
    }

    @Test("a collector that cannot take them is asked again, and the outage is reported once", .timeLimit(.minutes(1)))
    func again() async throws {
        let collector = Collector([503, 429])
        let (counts, reports) = try await run(collector, spans: 3) { $0.exported == 3 }
        #expect(counts == SpanExporter.Counts(exported: 3, failures: 2))
        #expect(reports == ["the collector answered 503", nil])
    }

    @Test("what a collector refuses for good is dropped and counted", .timeLimit(.minutes(1)))
    func refused() async throws {
        let (counts, _) = try await run(Collector([400]), spans: 3) { $0.dropped == 3 }
        #expect(counts == SpanExporter.Counts(dropped: 3, failures: 1))
    }

    @Test("the body is what OTLP's JSON wants")
    func body() throws {
        let body = SpanBatch(resource: [("service.name", "pillion")], spans: [try span(0), try span(1)]).body
        let json = try JSONParser.parse(body)["resourceSpans"]?.array?.first
        #expect(json?["resource"]?["attributes"]?.array?.first?["value"]?["stringValue"] == "pillion")
        let spans = json?["scopeSpans"]?.array?.first?["spans"]?.array ?? []
        #expect(spans.count == 2)
        #expect(spans.first?["traceId"] == "000000000000000000000000000000ab")
        #expect(spans.first?["spanId"] == "0000000000000001")
        #expect(spans.first?["parentSpanId"] == "00000000000000cd")
        #expect(spans.first?["kind"] == 2)
        #expect(spans.first?["endTimeUnixNano"] == "2")
        #expect(spans.first?["attributes"]?.array?.last?["value"]?["intValue"] == "200")
        #expect(spans.first?["status"] == nil)
        #expect(spans.last?["status"]?["code"] == 2)
    }
}

@Suite struct ExportRetryTests {
    @Test("the waits double, and the fifth attempt is the last")
    func waits() {
        var retry = ExportRetry()
        let steps = (0..<5).map { _ in retry.next(status: nil, retryAfter: nil) }
        let waits: [ExportRetry.Step] = [1, 2, 4, 8].map { .again(after: .seconds($0)) }
        #expect(steps == waits + [.giveUp])
    }

    @Test(
        "what is done depends on the answer",
        arguments: [(200, ExportRetry.Step.done), (400, .giveUp), (404, .giveUp), (503, .again(after: .seconds(1)))]
    )
    func answers(status: Int, step: ExportRetry.Step) {
        var retry = ExportRetry()
        let next = retry.next(status: status, retryAfter: nil)
        #expect(next == step)
    }

    @Test(
        "the collector's own wait is kept, within bounds",
        arguments: [("7", 7), ("9999999", 30), ("-1", 0), ("x", 1)]
    )
    func retryAfter(text: String, seconds: Int) {
        var retry = ExportRetry()
        let next = retry.next(status: 429, retryAfter: text)
        #expect(next == .again(after: .seconds(seconds)))
    }
}
