import Injection
public import JSON
import Manifests

/// What a catalog does to the pods of a case, as it stands in `expected.yaml`: a document for each pod.
///
/// ```yaml
/// workload: Deployment/web
/// decision: inject            # inject, skip or deny
/// reason: injected            # the stable code
/// message: added log-shipper 5.1.1
/// warnings: []                # each with its code in front
/// pod: {...}                  # the pod that results; only of an injected one
/// ```
public struct GoldenRecord: Sendable, Equatable {
    /// The documents in order.
    public let documents: [JSONValue]

    /// Makes a record of documents as they were read.
    public init(documents: [JSONValue]) {
        self.documents = documents
    }

    /// The record as YAML; the same documents always give the same text.
    public var text: String {
        String(decoding: YAMLWriter.stream(documents), as: UTF8.self)
    }

    /// The document of one pod.
    static func document(_ outcome: InjectionOutcome, of template: PodTemplate) -> JSONValue {
        let reason = outcome.decision.reason
        var document: JSONObject = [
            "workload": .string("\(template.kind)/\(template.name ?? "(generated)")"),
            "decision": .string(outcome.decision.name),
            "reason": .string(reason.code.rawValue),
            "message": .string(reason.message),
            "warnings": .array(outcome.warnings.map { .string("\($0.code.rawValue): \($0.text)") }),
        ]
        if case .inject = outcome.decision { document["pod"] = outcome.pod }
        return .object(document)
    }
}
