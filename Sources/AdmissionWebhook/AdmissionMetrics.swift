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

    /// Registers the metrics; those about the catalog are read from `store`.
    public init(registry: MetricRegistry, store: CatalogStore) {
        requests = registry.counters(
            "pillion_admission_requests_total",
            help: "Admission reviews by decision and reason code.",
            labels: ["decision", "reason"]
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

    /// Counts the end of a review.
    func end(_ record: DecisionRecord, after time: Duration) {
        inFlight.add(-1)
        requests[record.decision, record.reason.code.rawValue].increment()
        duration.observe(time)
        for sidecar in record.injected {
            sidecars[sidecar.name, sidecar.version].increment()
        }
        for warning in record.warnings {
            warnings[warning.rawValue].increment()
        }
    }
}
