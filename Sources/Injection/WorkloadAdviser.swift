import Admission
import JSON

/// Tells the author of a workload what would happen to its pods, while there is somebody to tell.
///
/// A pod's warnings and denials reach only the controller that makes it. The author of the Deployment sees what the
/// API server says to the creation or change of the Deployment.
struct WorkloadAdviser {
    let injector: PodInjector

    /// The advice on a request; none for what has no pod template.
    func advice(on request: AdmissionRequest, in environment: PodEnvironment) -> AdmissionVerdict {
        let isWrite = (request.operation == "CREATE" || request.operation == "UPDATE") && request.subResource.isEmpty
        guard isWrite, let object = request.object, let template = Self.template(of: object),
            let pod = try? Pod(json: template)
        else {
            return advice(Reason(.notPodCreate), [])
        }
        let kind = Excerpt.cut(request.kind, to: 63)
        var warnings = misplaced(object, kind)
        let outcome = injector.decide(pod, in: environment)
        if case .deny(let reason) = outcome.decision {
            let text = "pods of this \(kind) would be denied: \(reason.message) (\(reason.code.rawValue))"
            warnings.append(InjectionWarning(.wouldBeDenied, text))
        }
        return advice(outcome.decision.reason, warnings + outcome.warnings)
    }

    private func advice(_ reason: Reason, _ warnings: [InjectionWarning]) -> AdmissionVerdict {
        AdmissionVerdict(decision: "advise", reason: reason, warnings: warnings)
    }

    /// Annotations of ours on the workload itself, where they have no effect.
    private func misplaced(_ object: JSONValue, _ kind: String) -> [InjectionWarning] {
        let keys = object["metadata"]?["annotations"]?.object?.keys ?? []
        return keys.filter { injector.reads(annotation: $0) }.map { key in
            let name = Excerpt.cut(key, to: 60)
            return InjectionWarning(
                .misplacedAnnotation,
                "annotation \(name) stands on the \(kind); it belongs to its pod template"
            )
        }
    }

    /// The pod template of a workload: of a CronJob's Job, else its own.
    private static func template(of object: JSONValue) -> JSONValue? {
        let spec = object["spec"]
        return spec?["jobTemplate"]?["spec"]?["template"] ?? spec?["template"]
    }
}
