public import HTTPClient
public import ServiceLifecycle
import Synchronization

/// Sends finished spans to a collector by OTLP over HTTP, in batches, apart from everything that serves.
///
/// Nothing waits for it: what does not get away in time is dropped from the queue and counted. A batch has a deadline
/// and is sent again after a wait when the collector cannot take it (``ExportRetry``).
public final class SpanExporter: Service {
    /// What the exporter has done so far.
    public struct Counts: Sendable, Equatable {
        /// Spans that the collector has taken.
        public var exported: UInt64
        /// Spans that were given up.
        public var dropped: UInt64
        /// Requests that failed.
        public var failures: UInt64

        /// Makes the counts of an exporter; of one that has done nothing without arguments.
        public init(exported: UInt64 = 0, dropped: UInt64 = 0, failures: UInt64 = 0) {
            self.exported = exported
            self.dropped = dropped
            self.failures = failures
        }
    }

    /// The most spans of one request.
    static let batchSize = 512
    private static let interval = Duration.seconds(2)
    /// How long the end of the program waits for the collector.
    private static let lastWait = Duration.seconds(2)

    private let queue: SpanQueue
    private let path: String
    private let resource: [(name: String, value: String)]
    private let send: @Sendable (HTTPClientRequest) async throws -> HTTPClientResponse
    private let interval: Duration
    private let report: @Sendable (String?) -> Void
    private let state = Mutex(State())

    private struct State {
        var counts = Counts()
        var isFailing = false
    }

    /// Makes an exporter.
    ///
    /// - Parameters:
    ///   - queue: Where spans come from.
    ///   - client: Reaches the collector; its deadline is that of a batch.
    ///   - path: The path of the collector's traces.
    ///   - resource: What the spans come from, by OpenTelemetry's names: `service.name` and so on.
    ///   - report: Told why sending fails, once until it works again, and then with nil.
    public convenience init(
        queue: SpanQueue,
        client: HTTPClient,
        path: String,
        resource: [(name: String, value: String)],
        report: @escaping @Sendable (String?) -> Void
    ) {
        self.init(queue: queue, path: path, resource: resource, interval: Self.interval, report: report) { request in
            try await client.send(request)
        }
    }

    init(
        queue: SpanQueue,
        path: String,
        resource: [(name: String, value: String)],
        interval: Duration,
        report: @escaping @Sendable (String?) -> Void,
        send: @escaping @Sendable (HTTPClientRequest) async throws -> HTTPClientResponse
    ) {
        self.queue = queue
        self.path = path
        self.resource = resource
        self.interval = interval
        self.report = report
        self.send = send
    }

    /// What was done so far, from any thread.
    public var counts: Counts { state.withLock { $0.counts } }

    /// Sends until the task is cancelled or a graceful shutdown begins, then once more what is left.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                while true {
                    try await Task.sleep(for: self.interval)
                    while self.queue.count > 0 { try await self.sendBatch() }
                }
            } catch {
                // Cancelled, which is how a service is told to end.
            }
        }
        await sendLast()
    }

    private func sendBatch() async throws(CancellationError) {
        let spans = queue.take(Self.batchSize)
        guard !spans.isEmpty else { return }
        let request = request(spans)
        var retry = ExportRetry()
        while true {
            let (status, retryAfter) = await attempt(request)
            switch retry.next(status: status, retryAfter: retryAfter) {
            case .done:
                return state.withLock { $0.counts.exported &+= UInt64(spans.count) }
            case .giveUp:
                return state.withLock { $0.counts.dropped &+= UInt64(spans.count) }
            case .again(let wait):
                do {
                    try await Task.sleep(for: wait)
                } catch {
                    state.withLock { $0.counts.dropped &+= UInt64(spans.count) }
                    throw CancellationError()
                }
            }
        }
    }

    /// One attempt for what is left at the end: nobody waits long for a collector that is away.
    private func sendLast() async {
        let spans = queue.take(Self.batchSize)
        guard !spans.isEmpty else { return }
        let request = request(spans)
        let isTaken = await withTaskGroup(of: Bool.self) { tasks in
            tasks.addTask { await self.attempt(request).status.map { (200...299).contains($0) } ?? false }
            tasks.addTask {
                // A sleep that is cut short ends the wait all the same.
                try? await Task.sleep(for: Self.lastWait)
                return false
            }
            let first = await tasks.next()
            tasks.cancelAll()
            return first ?? false
        }
        state.withLock { state in
            let count = UInt64(spans.count)
            if isTaken { state.counts.exported &+= count } else { state.counts.dropped &+= count }
        }
    }

    private func request(_ spans: [Span]) -> HTTPClientRequest {
        let body = SpanBatch(resource: resource, spans: spans).body
        return HTTPClientRequest("POST", path, fields: [.init("Content-Type", "application/json")], body: body)
    }

    private func attempt(_ request: HTTPClientRequest) async -> (status: Int?, retryAfter: String?) {
        do {
            let response = try await send(request)
            note(response.isSuccess ? nil : "the collector answered \(response.status)")
            return (response.status, response["retry-after"])
        } catch {
            note("\(error)")
            return (nil, nil)
        }
    }

    /// Counts a failure, and reports the first of several and the success after them.
    private func note(_ problem: String?) {
        let isNews = state.withLock { state in
            if problem != nil { state.counts.failures &+= 1 }
            defer { state.isFailing = problem != nil }
            return state.isFailing != (problem != nil)
        }
        if isNews { report(problem) }
    }
}
