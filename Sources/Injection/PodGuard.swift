import JSON
import SidecarCatalog

/// Judges a pod after all mutation, so that a mutating webhook whose failure is ignored leaves no hole.
///
/// | request | what | verdict |
/// |---|---|---|
/// | any | a namespace that Pillion leaves alone, a mirror pod | allow |
/// | update | the status or a file that Pillion wrote changes, comes or goes | deny `status-changed` |
/// | creation | the engine would still add a sidecar | deny `missing-sidecar` |
/// | creation | a native sidecar has lost `restartPolicy: Always` | deny `tampered-sidecar` |
/// | creation | a required sidecar is not as its status says | deny `tampered-sidecar` |
/// | creation | the engine denies the pod | deny, with its reason |
/// | creation | otherwise | allow, with the engine's reason and warnings |
struct PodGuard {
    let injector: PodInjector
    let ownNamespace: String?

    /// Judges a pod that is about to be created.
    func creation(of pod: Pod, in environment: PodEnvironment) -> AdmissionVerdict {
        var trace: DecisionTrace? = DecisionTrace()
        let outcome = injector.decide(pod, in: environment, trace: &trace)
        switch outcome.decision {
        case .deny(let reason):
            return AdmissionVerdict(decision: "deny", reason: reason, warnings: outcome.warnings)
        case .inject(let reason, _) where reason.code == .repaired:
            return .deny(.tamperedSidecar, "a native sidecar has no restartPolicy: Always; another webhook removed it")
        case .inject:
            let names = outcome.injected.map(\.name).joined(separator: ", ")
            return .deny(.missingSidecar, "the pod should have \(names) and was not injected; create it again")
        case .skip(let reason):
            if let finding = tampering(pod, trace) {
                let name = finding.sidecar.map { "\($0): " } ?? ""
                return .deny(.tamperedSidecar, "\(name)\(finding.message); inject the template again")
            }
            return .allow(reason, warnings: outcome.warnings)
        }
    }

    /// Judges a change of a pod.
    func update(from old: JSONValue?, to new: JSONValue?, in namespace: String) -> AdmissionVerdict {
        if let ownNamespace, ownNamespace == namespace { return .allow(Reason(.ownNamespace)) }
        guard !injector.catalog.excludes(namespace: namespace) else { return .allow(Reason(.excludedNamespace)) }
        let (before, after) = (Self.annotations(of: old), Self.annotations(of: new))
        let keys = injector.keys
        for key in Array(before.keys) + Array(after.keys) where key == keys.status || key.hasPrefix(keys.filePrefix) {
            guard before[key] != after[key] else { continue }
            return .deny(
                .statusChanged,
                "the update changes the annotation \(Excerpt.cut(key, to: 120)), which only Pillion writes; leave it as it is"
            )
        }
        return .allow(Reason(.notPodCreate))
    }

    /// What is wrong with a sidecar that a rule of the catalog requires.
    private func tampering(_ pod: Pod, _ trace: DecisionTrace?) -> AuditFinding? {
        guard let trace, let asked = trace.selection?.asked, trace.review != nil else { return nil }
        let required = asked.filter { if case .required = $0.origin { true } else { false } }.map(\.name)
        guard !required.isEmpty else { return nil }
        let auditor = PodAuditor(pod: pod, trace: trace, catalog: injector.catalog, keys: injector.keys)
        return auditor.findings.first { finding in
            finding.kind == .tampered && finding.sidecar.map(required.contains) ?? false
        }
    }

    private static func annotations(of object: JSONValue?) -> JSONObject {
        object?["metadata"]?["annotations"]?.object ?? JSONObject()
    }
}
