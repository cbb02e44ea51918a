import JSON
import Kubernetes
import SidecarCatalog

/// Compares a pod with what became of it, and finds what its author would not expect.
struct ResultCheck {
    /// The pod as it came.
    private let before: Pod
    /// The pod with its sidecars.
    private let after: PodLens
    /// What was added.
    private let added: [RenderedSidecar]

    /// Prepares to compare two pods.
    init(_ before: Pod, _ after: JSONValue, added: [RenderedSidecar]) {
        self.before = before
        self.after = PodLens(after)
        self.added = added
    }

    /// A warning when a pod that was Guaranteed no longer is.
    func guaranteedLost() -> InjectionWarning? {
        guard QualityOfService(after) != .guaranteed else { return nil }
        let names = Excerpt.cut(added.map(\.name).joined(separator: ", "), to: 40)
        return InjectionWarning(.guaranteedLost, "the pod is no longer Guaranteed: see the cpu and memory of \(names)")
    }

    /// A warning when the pod's effective requests grow by more than its sidecars request while they run.
    ///
    /// Only a setup step can do that: one that needs more than the application does.
    func resourceJump() -> InjectionWarning? {
        guard added.contains(where: { !$0.setup.isEmpty }) else { return nil }
        let old = PodResources(PodLens(spec: before.spec)).requests
        let new = PodResources(after).requests
        let containers = added.map { JSONValue.object($0.container.object) }
        let running = PodResources(containersOf: PodLens(spec: ["containers": .array(containers)])).requests
        for resource in ["cpu", "memory"] {
            let (from, to) = (old[resource] ?? .zero, new[resource] ?? .zero)
            guard to > from + (running[resource] ?? .zero) else { continue }
            let text = "a setup step raises what the pod reserves of \(resource) from \(from) to \(to)"
            return InjectionWarning(.resourceJump, text)
        }
        return nil
    }

    /// Warnings about containers that came with the sidecars and keep the pod below a level, one each.
    ///
    /// Sidecars with an exception, and the application's own containers, are not spoken of.
    func podSecurity(_ level: PodSecurityLevel, clusterVersion: KubernetesVersion?) -> [InjectionWarning] {
        guard level != .privileged else { return [] }
        let sidecars = added.filter { $0.sidecar.podSecurityException == nil }
        let version = clusterVersion.map { PodSecurityVersion(minor: $0.minor) } ?? .latest
        var spec = after.spec
        spec["initContainers"] = .array(sidecars.flatMap(\.initContainers).map { .object($0.object) })
        spec["containers"] = []
        spec["ephemeralContainers"] = nil
        spec["volumes"] = .array(sidecars.flatMap(\.volumes).map { .object($0.object) })
        let findings = PodSecurity(PodLens(spec: spec), against: level, version: version).findings
        var warned: Set<String> = []
        var warnings: [InjectionWarning] = []
        for finding in findings {
            guard finding.container != nil || finding.location.tokens.dropFirst().first == "volumes" else { continue }
            guard warned.insert(finding.container ?? "").inserted else { continue }
            warnings.append(InjectionWarning(.podSecurity, "not \(level.rawValue): \(finding.what)"))
        }
        return warnings
    }
}
