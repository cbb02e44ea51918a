import Injection
public import Observability
import SidecarCatalog

/// The metrics of the webhook; labels come from closed sets and from the catalog only.
public struct AdmissionMetrics: Sendable {
    private let requests: LabelledFamily<Counter>
    private let duration: Histogram
    private let inFlight: Gauge
    private let sidecars: LabelledFamily<Counter>
    private let warnings: LabelledFamily<Counter>
    private let shedByLoop: Counter
    private let shedByPool: Counter

    /// Where a review would have waited.
    enum Queue {
        /// In its connection, for the event loop.
        case loop
        /// In the queue of the pool for large bodies.
        case pool
    }

    /// Registers the metrics; those about the catalog are read from `store`.
    public init(registry: MetricRegistry, store: CatalogStore) {
        requests = registry.counters(
            "pillion_admission_requests_total",
            help: "Admission reviews by webhook, decision and reason code.",
            labels: ["webhook", "decision", "reason"]
        )
        duration = registry.histogram(
            "pillion_admission_duration_seconds",
            help: "Time from the whole request to the answer.",
            buckets: .microseconds
        )
        inFlight = registry.gauge("pillion_admission_in_flight", help: "Admission reviews being answered now.")
        sidecars = registry.counters(
            "pillion_sidecars_injected_total",
            help: "Sidecars added, by name and version.",
            labels: ["sidecar", "version"],
            limit: 1000
        )
        warnings = registry.counters(
            "pillion_warnings_total",
            help: "Warnings given, by code.",
            labels: ["code"]
        )
        let shed = registry.counters(
            "pillion_admission_shed_total",
            help: "Reviews answered with 429 because too many wait, by where they would have waited.",
            labels: ["queue"]
        )
        shedByLoop = shed["loop"]
        shedByPool = shed["pool"]
        registry.observe(
            "pillion_catalog_info",
            help: "The catalog in use; replicas that disagree have different hashes.",
            kind: .gauge
        ) {
            let catalog = store.snapshot.catalog
            return [MetricSample(1, labels: [("name", catalog.name), ("hash", catalog.hash)])]
        }
        registry.observe(
            "pillion_catalog_last_reload_successful",
            help: "Whether the catalog in use is that of the files.",
            kind: .gauge
        ) {
            [MetricSample(store.failure == nil ? 1 : 0)]
        }
    }

    /// Counts the start of a review.
    func begin() {
        inFlight.add(1)
    }

    /// Counts a review that was turned away.
    func shed(_ queue: Queue) {
        switch queue {
        case .loop: shedByLoop.increment()
        case .pool: shedByPool.increment()
        }
    }

    /// Counts the end of a review.
    func end(_ record: DecisionRecord, on path: AdmissionPath, after time: Duration) {
        inFlight.add(-1)
        requests[path.rawValue, record.decision, record.reason.code.rawValue].increment()
        duration.observe(time)
        for sidecar in record.injected {
            sidecars[sidecar.name, sidecar.version].increment()
        }
        for warning in record.warnings {
            warnings[warning.rawValue].increment()
        }
    }
}
