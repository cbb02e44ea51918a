import CertificateRotation
import KubernetesAPI
import Observability
import OpenSSL

/// What is counted of certificates that are rotated here.
struct RotationMetrics: Sendable {
    private let registry: MetricRegistry
    private let changes: LabelledFamily<Counter>
    private let errors: LabelledFamily<Counter>
    private let publications: Counter

    /// Registers the counters.
    init(registry: MetricRegistry) {
        self.registry = registry
        changes = registry.counters(
            "pillion_certificate_rotations_total",
            help: "Changes of the shared Secret made by this replica, by kind.",
            labels: ["change"]
        )
        errors = registry.counters(
            "pillion_certificate_rotation_errors_total",
            help: "Steps of a rotation that could not be taken, by reason.",
            labels: ["reason"]
        )
        publications = registry.counter(
            "pillion_certificate_publications_total",
            help: "Times this replica put the authorities into a webhook configuration."
        )
    }

    /// Registers what is read of the rotator.
    func observe(_ rotator: CertificateRotator) {
        registry.observe(
            "pillion_certificate_authority_not_after_timestamp_seconds",
            help: "The end of validity of the authority that signs, in seconds since 1970; 0 while none is known.",
            kind: .gauge
        ) { [MetricSample(Double(rotator.authorityNotAfter))] }
        registry.observe(
            "pillion_certificate_authority_published",
            help: "Whether every webhook configuration trusts the authority of the serving certificate.",
            kind: .gauge
        ) { [MetricSample(rotator.isPublished ? 1 : 0)] }
    }

    /// Counts what happened.
    func count(_ event: RotationEvent) {
        switch event {
        case .changed(let change): changes[change.rawValue].increment()
        case .published: publications.increment()
        case .failed(let error): errors[error.code.rawValue].increment()
        case .unusable(let error): errors[error.code.rawValue].increment()
        case .unpublished: errors["unpublished"].increment()
        case .clockBehind: errors["clockBehind"].increment()
        case .overtaken, .serving: break
        }
    }
}
