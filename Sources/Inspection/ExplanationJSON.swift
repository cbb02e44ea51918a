import Injection
package import JSON
import Kubernetes

/// An explanation for a program to read.
package enum ExplanationJSON {
    /// The explanations of workloads as an array.
    package static func value(_ workloads: [ExplainedWorkload]) -> JSONValue {
        .array(workloads.map(value))
    }

    private static func value(_ workload: ExplainedWorkload) -> JSONValue {
        let explanation = workload.explanation
        return [
            "kind": .string(workload.kind),
            "name": workload.name.map { .string($0) } ?? .null,
            "namespace": .string(workload.namespace),
            "place": workload.place.map { .string($0) } ?? .null,
            "decision": .string(explanation.outcome.decision.name),
            "reason": value(explanation.outcome.decision.reason),
            "problems": .array(explanation.problems.map(value)),
            "hints": strings(explanation.hints),
            "warnings": .array(
                workload.warnings.map { ["code": .string($0.code.rawValue), "text": .string($0.text)] }
            ),
            "sidecars": .array(explanation.sidecars.map(value)),
            "before": value(explanation.before),
            "after": value(explanation.after),
        ]
    }

    private static func value(_ reason: Reason) -> JSONValue {
        [
            "code": .string(reason.code.rawValue), "sentence": .string(reason.code.sentence),
            "message": .string(reason.message), "remedy": reason.code.remedy.map { .string($0) } ?? .null,
        ]
    }

    private static func value(_ sidecar: SidecarExplanation) -> JSONValue {
        [
            "name": .string(sidecar.name),
            "state": .string(sidecar.state.rawValue),
            "askedBy": asker(sidecar.asker),
            "version": sidecar.version.map { .string($0) } ?? .null,
            "versionBy": sidecar.choice.map(choice) ?? .null,
            "phase": sidecar.phase.map { .string($0) } ?? .null,
            "parameters": .array(sidecar.settings.map(value)),
            "objections": .array(sidecar.objections.map(value)),
            "additions": sidecar.additions.map(value) ?? .null,
            "requires": [
                "configMaps": strings(sidecar.requirements.configMaps),
                "secrets": strings(sidecar.requirements.secrets),
                "serviceAccountToken": .bool(sidecar.requirements.serviceAccountToken),
            ],
        ]
    }

    private static func asker(_ asker: SidecarExplanation.Asker) -> JSONValue {
        func value(_ object: JSONObject, _ bundle: String?) -> JSONValue {
            var object = object
            if let bundle { object["bundle"] = .string(bundle) }
            return .object(object)
        }
        return switch asker {
        case .annotation(let bundle): value(["annotation": true], bundle)
        case .requiredRule(let rule, let bundle): value(["rule": .string(rule), "mode": "required"], bundle)
        case .defaultRule(let rule, let bundle): value(["rule": .string(rule), "mode": "default"], bundle)
        }
    }

    private static func choice(_ choice: SidecarExplanation.VersionChoice) -> JSONValue {
        switch choice {
        case .exact: ["kind": "exact"]
        case .range(let range): ["kind": "range", "range": .string(range)]
        case .channel(let name): ["kind": "channel", "channel": .string(name)]
        case .rollout(let percent): ["kind": "rollout", "percent": .integer(percent)]
        case .stable: ["kind": "stable"]
        case .highest: ["kind": "highest"]
        }
    }

    private static func value(_ setting: SidecarExplanation.Setting) -> JSONValue {
        [
            "name": .string(setting.name), "value": setting.value.map { .string($0) } ?? .null,
            "source": .string(setting.source.rawValue), "annotation": .string(setting.annotation),
        ]
    }

    private static func value(_ additions: SidecarExplanation.Additions) -> JSONValue {
        [
            "initContainers": strings(additions.initContainers),
            "containers": strings(additions.containers),
            "files": strings(additions.files),
            "volumes": strings(additions.volumes),
            "mounts": groups(additions.mounts),
            "env": groups(additions.environment),
            "annotations": strings(additions.annotations),
            "labels": strings(additions.labels),
            "imagePullSecrets": strings(additions.imagePullSecrets),
        ]
    }

    private static func value(_ summary: PodSummary) -> JSONValue {
        [
            "startOrder": .array(
                summary.startOrder.map { step in
                    [
                        "name": .string(step.name), "role": .string(step.role.rawValue), "image": .string(step.image),
                        "ports": .array(step.ports.map { .integer($0) }), "volumes": strings(step.volumes),
                    ]
                }
            ),
            "stopOrder": .array(summary.stopOrder.map(strings)),
            "requests": quantities(summary.resources.requests),
            "limits": quantities(summary.resources.limits),
            "qosClass": .string(summary.quality.rawValue),
            "podSecurity": [
                "level": .string(summary.security.level.rawValue),
                "findings": .array(
                    summary.security.findings.map {
                        ["control": .string($0.control.rawValue), "what": .string($0.what), "fix": .string($0.fix)]
                    }
                ),
            ],
        ]
    }

    private static func quantities(_ list: ResourceList) -> JSONValue {
        var object = JSONObject()
        for name in list.names { object[name] = list[name].map { .string($0.description) } }
        return .object(object)
    }

    private static func groups(_ groups: [SidecarExplanation.Additions.Group]) -> JSONValue {
        .array(groups.map { ["container": .string($0.container), "names": strings($0.names)] })
    }

    private static func strings(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }
}
