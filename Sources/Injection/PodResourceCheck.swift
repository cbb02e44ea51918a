import JSON
import Kubernetes

/// Checks the pod's own resources (`spec.resources`, Kubernetes 1.34) against those of its containers after injection.
///
/// The API server answers 422 when the containers' requests together exceed the pod's, or one container's limit
/// exceeds the pod's (Kubernetes: "Assign Pod-level CPU and memory resources").
struct PodResourceCheck {
    let pod: Pod

    /// Checks the containers that a mutation adds together with those that are there.
    func check(_ mutation: PodMutation) throws(Reason) {
        guard let resources = pod.spec["resources"], !resources.isNull else { return }
        let initial = mutation.initContainers.map(\.container.object)
        let running = mutation.containers.map(\.object)
        let containers: JSONObject = [
            "initContainers": .array((initial + pod.initContainers.map(\.json)).map { .object($0) }),
            "containers": .array((running + pod.containers.map(\.json)).map { .object($0) }),
        ]
        let needed = PodResources(containersOf: PodLens(spec: containers)).requests
        for member in resources["requests"]?.object?.members ?? [] {
            guard let allowed = Quantity(json: member.value), let sum = needed[member.key], sum > allowed else {
                continue
            }
            throw reason("requests", member)
        }
        let limits = (initial.filter { $0["restartPolicy"]?.string == "Always" } + running).map {
            ResourceList(json: $0["resources"]?["limits"])
        }
        for member in resources["limits"]?.object?.members ?? [] {
            guard let allowed = Quantity(json: member.value) else { continue }
            guard limits.allSatisfy({ $0[member.key] ?? .zero <= allowed }) else { throw reason("limits", member) }
        }
    }

    private func reason(_ kind: String, _ member: JSONObject.Member) -> Reason {
        let value = Excerpt.cut(member.value.string ?? member.value.compactText, to: 32)
        let text = "spec.resources.\(kind).\(member.key) is \(value), less than the containers need with their sidecars"
        return Reason(.podResourcesTooSmall, "\(text); raise it")
    }
}
