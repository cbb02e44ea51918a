import JSON
import SidecarCatalog

/// Holds a live pod against its status and the catalog.
///
/// | the pod has | and | finding |
/// |---|---|---|
/// | nothing of a sidecar it asks for | no status at all | failed open |
/// | nothing of a sidecar that it or a rule asks for | otherwise | missing |
/// | a status that cannot be read, or speaks of what is not there | | forged status |
/// | a sidecar | its status has the hash of what the catalog gives, or names what is not there | tampered |
/// | a sidecar in another form than the catalog's | its status has another hash | outdated |
/// | a sidecar that nobody asks for any more | | outdated |
struct PodAuditor {
    let pod: Pod
    let trace: DecisionTrace
    let catalog: Catalog
    let keys: AnnotationKey

    /// What is wrong, sidecar by sidecar.
    var findings: [AuditFinding] {
        let text = pod.annotation(keys.status)
        let status = text.flatMap { InjectionStatus(annotation: $0) }
        guard text == nil || status != nil else {
            return [AuditFinding(kind: .forgedStatus, sidecar: nil, message: "\(keys.status) cannot be read")]
        }
        var findings: [AuditFinding] = []
        let asked = trace.selection?.asked ?? []
        for one in asked {
            if let finding = finding(one, status) { findings.append(finding) }
        }
        for entry in status?.entries ?? [] where !asked.contains(where: { $0.name.hasSameBytes(as: entry.name) }) {
            findings.append(unasked(entry))
        }
        return findings
    }

    private func finding(_ asked: SidecarSelection.Asked, _ status: InjectionStatus?) -> AuditFinding? {
        let entry = status?.entry(asked.name)
        let presence = trace.review?.presences.first { $0.name == asked.name }?.presence ?? .absent
        switch presence {
        case .absent: return absent(asked, hasStatus: status != nil)
        case .forged: return forged(asked.name)
        case .unchanged: return entry.flatMap(tampering)
        case .conflict(let reason):
            guard entry != nil else { return absent(asked, hasStatus: status != nil) }
            return AuditFinding(kind: .tampered, sidecar: asked.name, message: reason.message)
        case .outdated, .unknownVersion:
            guard let entry else { return nil }
            if let finding = tampering(entry) { return finding }
            let form =
                presence == .unknownVersion
                ? "has an image that no version in the catalog has" : "is not as the catalog gives it now"
            let version = asked.version.map { " \($0.text)" } ?? ""
            let text = "\(Excerpt.cut(entry.version, to: 40)) \(form); new pods get\(version)"
            return AuditFinding(kind: .outdated, sidecar: asked.name, message: text)
        }
    }

    private func absent(_ asked: SidecarSelection.Asked, hasStatus: Bool) -> AuditFinding? {
        // What the policy leaves out of new pods, or the catalog says to go on without, is not missed.
        guard trace.check?.dropped.contains(asked.name) != true, trace.selection?.ignored.contains(asked.name) != true
        else { return nil }
        let name = Excerpt.cut(asked.name, to: 63)
        switch asked.origin {
        case .pod where !hasStatus:
            let text = "the pod asks for it and has no status: it was admitted without Pillion"
            return AuditFinding(kind: .failedOpen, sidecar: name, message: text)
        case .pod:
            return AuditFinding(kind: .missing, sidecar: name, message: "the pod asks for it")
        case .rule(let rule), .required(let rule):
            let text = "the rule \(Excerpt.cut(rule, to: 63)) gives it to new pods"
            return AuditFinding(kind: .missing, sidecar: name, message: text)
        }
    }

    private func forged(_ name: String) -> AuditFinding {
        AuditFinding(kind: .forgedStatus, sidecar: name, message: "the status speaks of it, and it is not in the pod")
    }

    /// A sidecar of the status that nobody asks for.
    private func unasked(_ entry: InjectionStatus.Entry) -> AuditFinding {
        let name = Excerpt.cut(entry.name, to: 63)
        let found = PresenceCheck(pod: pod, keys: keys).containers(of: entry)
        guard !found.isEmpty else { return forged(name) }
        return tampering(entry)
            ?? AuditFinding(kind: .outdated, sidecar: name, message: "neither the pod nor a rule asks for it any more")
    }

    /// What is not as an entry says: something that it names is gone, or the pod differs from what has the entry's hash.
    private func tampering(_ entry: InjectionStatus.Entry) -> AuditFinding? {
        func finding(_ text: String) -> AuditFinding {
            AuditFinding(kind: .tampered, sidecar: Excerpt.cut(entry.name, to: 63), message: text)
        }
        if let part = missingPart(of: entry) { return finding("the status names \(part), which is not in the pod") }
        let repairs = (trace.review?.restartPolicyRepairs ?? []).compactMap { index in
            pod.initContainers.first { $0.index == index }
        }
        if repairs.contains(where: { $0.name.hasSameBytes(as: entry.name) }) {
            return finding("restartPolicy: Always is gone from the native sidecar")
        }
        guard let review = trace.review, let sidecar = SidecarName(entry.name).flatMap(catalog.sidecar),
            let version = sidecar.versions.first(where: { $0.text.hasSameBytes(as: entry.version) }),
            let rendered = review.rendered(sidecar, version, trace.request), rendered.hash == entry.hash
        else { return nil }
        let presence = PresenceCheck(pod: pod, keys: keys).presence(
            of: entry.name,
            entry: entry,
            rendered: rendered,
            receivers: { review.receivers(of: rendered) },
            images: { [] }
        )
        return presence == .unchanged ? nil : finding("it is not as \(version.text) was injected")
    }

    /// Something that an entry names and the pod does not have.
    private func missingPart(of entry: InjectionStatus.Entry) -> String? {
        let names = Set(pod.allContainers.map(\.name))
        if let name = (entry.initContainers + entry.containers).first(where: { !names.contains($0) }) {
            return "the container \(Excerpt.cut(name, to: 63))"
        }
        if let name = entry.volumes.first(where: { pod.volume(named: $0) == nil }) {
            return "the volume \(Excerpt.cut(name, to: 63))"
        }
        if let key = entry.annotations.first(where: { pod.annotation($0) == nil }) {
            return "the annotation \(Excerpt.cut(key, to: 120))"
        }
        return missing(entry.mounts, "volumeMounts", "mountPath") ?? missing(entry.environment, "env", "name")
    }

    private func missing(_ groups: [(container: String, names: [String])], _ list: String, _ key: String) -> String? {
        for group in groups {
            let container = pod.allContainers.first { $0.name.hasSameBytes(as: group.container) }
            let known = Set(container?.elements(list).compactMap { $0[key]?.string } ?? [])
            guard let name = group.names.first(where: { !known.contains($0) }) else { continue }
            return "\(Excerpt.cut(name, to: 120)) in \(Excerpt.cut(group.container, to: 63))"
        }
        return nil
    }
}
