import HTTPClient
import Logging
import NIOCore
import OpenSSL
import ProxyConfiguration
import Synchronization
import Tracing

/// What sends spans to collectors, on the loop of the operations ports and never on one that carries traffic.
final class SpanExporters: Sendable {
    private struct Entry {
        let cluster: ClusterConfiguration
        let exporter: SpanExporter
        let task: Task<Void, Never>
    }

    private struct State {
        var entries: [TracingConfiguration: Entry] = [:]
        var past = SpanExporter.Counts()
    }

    private let state = Mutex(State())
    private let running = Atomic<Int>(0)
    private let queues: SpanQueues
    private let group: any EventLoopGroup
    private let version: String
    private let logger: Logger

    init(_ queues: SpanQueues, group: any EventLoopGroup, version: String, logger: Logger) {
        self.queues = queues
        self.group = group
        self.version = version
        self.logger = logger
    }

    /// What all of them have done.
    var counts: SpanExporter.Counts {
        state.withLock { state in
            state.entries.values.reduce(into: state.past) { $0.add($1.exporter.counts) }
        }
    }

    /// Starts what a configuration needs, and ends what it needs no more.
    ///
    /// - Throws: What cannot be used of a cluster's TLS configuration.
    func follow(_ snapshot: ProxySnapshot) throws {
        var wanted: [TracingConfiguration: (ClusterConfiguration, ClientCredentials?)] = [:]
        for tracing in snapshot.bootstrap.tracing {
            guard let index = snapshot.bootstrap.clusters.firstIndex(where: { $0.name == tracing.cluster }) else {
                continue
            }
            wanted[tracing] = (snapshot.bootstrap.clusters[index], snapshot.clusterCredentials[index])
        }
        try state.withLock { state in
            for (tracing, entry) in state.entries where wanted[tracing]?.0 != entry.cluster {
                entry.task.cancel()
                state.past.add(entry.exporter.counts)
                state.entries[tracing] = nil
            }
            for (tracing, (cluster, credentials)) in wanted where state.entries[tracing] == nil {
                guard let exporter = try exporter(tracing, cluster, credentials) else { continue }
                running.add(1, ordering: .relaxed)
                let task = Task { [self] in
                    // It ends by being cancelled, and throws nothing else.
                    _ = try? await exporter.run()
                    running.subtract(1, ordering: .relaxed)
                }
                state.entries[tracing] = Entry(cluster: cluster, exporter: exporter, task: task)
            }
        }
    }

    /// Has everything sent that waits, and returns when it is, or `limit` has passed.
    func stop(within limit: Duration) async {
        let tasks = state.withLock { $0.entries.values.map(\.task) }
        guard !tasks.isEmpty else { return }
        for task in tasks { task.cancel() }
        let end = ContinuousClock.now + limit
        while running.load(ordering: .relaxed) > 0, ContinuousClock.now < end {
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
        }
    }

    private func exporter(
        _ tracing: TracingConfiguration,
        _ cluster: ClusterConfiguration,
        _ credentials: ClientCredentials?
    ) throws -> SpanExporter? {
        guard let endpoint = cluster.endpoints.first else { return nil }
        let host = endpoint.address.host
        let name = credentials?.serverName(hostname: endpoint.hostname.isEmpty ? host : endpoint.hostname)
        let client = try HTTPClient(
            endpoint: HTTPEndpoint(host: host, port: Int(endpoint.address.port), serverName: name),
            tls: credentials?.clientConfiguration,
            group: group,
            limits: HTTPClientLimits(
                connectTimeout: TimeAmount(cluster.connectTimeout),
                responseTimeout: TimeAmount(tracing.timeout),
                bodyBytes: 64 << 10
            )
        )
        let logger = logger
        return SpanExporter(
            queue: queues.queue(for: tracing),
            client: client,
            path: Self.path(of: tracing.uri),
            resource: [("service.name", tracing.serviceName), ("service.version", version)]
        ) { problem in
            guard let problem else { return logger.notice("spans are taken again") }
            logger.warning("spans cannot be sent", metadata: ["detail": "\(problem)"])
        }
    }

    /// What follows the host in a URL; `/v1/traces` where nothing does.
    static func path(of uri: String) -> String {
        let parts = uri.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[1].isEmpty, !parts[3].isEmpty else { return "/v1/traces" }
        return "/" + parts[3]
    }
}

extension SpanExporter.Counts {
    /// Adds what another exporter has done.
    mutating func add(_ other: SpanExporter.Counts) {
        exported &+= other.exported
        dropped &+= other.dropped
        failures &+= other.failures
    }
}
