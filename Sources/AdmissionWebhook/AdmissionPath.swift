import Injection
import SidecarCatalog

/// The paths that answer AdmissionReviews; the raw value is a metric label and a log field.
enum AdmissionPath: String, Sendable, CaseIterable {
    /// The mutating webhook.
    case mutate
    /// The validating webhook, behind all mutation.
    case validate
    /// The adviser of workloads, which never denies.
    case advise

    /// The admission path of a request's path, or nil when it is none.
    init?(path: String) {
        switch path {
        case "/mutate": self = .mutate
        case "/validate": self = .validate
        case "/advise": self = .advise
        default: return nil
        }
    }

    /// The engine's answer to a review.
    func review(_ body: [UInt8], by reviewer: AdmissionReviewer) -> ReviewOutcome {
        switch self {
        case .mutate: reviewer.review(body, on: .today)
        case .validate: reviewer.validate(body, on: .today)
        case .advise: reviewer.advise(body, on: .today)
        }
    }
}
