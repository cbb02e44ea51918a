import Injection
import JSON
public import Manifests

/// One thing that a person should know about a pod of a manifest.
public struct WorkloadReport: Sendable, Equatable {
    /// How much it matters; the words are those of KRM functions.
    public enum Severity: String, Sendable {
        case info, warning, error
    }

    /// How much it matters.
    public let severity: Severity
    /// Where the workload is written.
    public let location: ManifestLocation
    /// The workload, such as `Deployment/web`; nil when it is about the document.
    public let subject: String?
    /// What happened.
    public let text: String
    /// Its stable code; nil for an injection.
    public let code: String?
    /// Where the workload lies in its document.
    let workload: JSONPointer
    /// Where its pod lies in its document.
    let pod: JSONPointer

    init(_ severity: Severity, _ workload: ManifestWorkload, _ text: String, code: String? = nil) {
        self.severity = severity
        self.location = workload.location
        self.subject = workload.subject
        self.text = text
        self.code = code
        self.workload = workload.template.workload
        self.pod = workload.template.pointer
    }

    /// Makes a report about a document as a whole.
    init(_ severity: Severity, at location: ManifestLocation, _ text: String) {
        self.severity = severity
        self.location = location
        self.subject = nil
        self.text = text
        self.code = nil
        self.workload = JSONPointer()
        self.pod = JSONPointer()
    }

    /// What happened, with its code.
    var message: String {
        text + (code.map { " (\($0))" } ?? "")
    }
}

extension WorkloadReport: CustomStringConvertible {
    /// A line for a person: the place, the workload and what happened.
    public var description: String {
        "\(location): " + (subject.map { "\($0): " } ?? "") + (severity == .warning ? "warning: " : "") + message
    }
}

extension WorkloadReport {
    /// What became of a pod.
    static func decision(_ decision: InjectionDecision, on workload: ManifestWorkload) -> WorkloadReport {
        let reason = decision.reason
        return switch decision {
        case .inject: WorkloadReport(.info, workload, reason.message)
        case .skip: WorkloadReport(.info, workload, "not injected: \(reason.message)", code: reason.code.rawValue)
        case .deny: WorkloadReport(.error, workload, "denied: \(reason.message)", code: reason.code.rawValue)
        }
    }

    /// What the author of a pod should know.
    static func warning(_ warning: InjectionWarning, on workload: ManifestWorkload) -> WorkloadReport {
        WorkloadReport(.warning, workload, warning.text, code: warning.code.rawValue)
    }
}
