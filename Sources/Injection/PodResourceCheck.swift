import JSON
import Kubernetes
import SidecarCatalog

/// Checks the pod's own resources (`spec.resources`, Kubernetes 1.34) against those of its containers after injection.
///
/// The API server answers 422 when the containers' requests together exceed the pod's, or one container's limit
/// exceeds the pod's (Kubernetes: "Assign Pod-level CPU and memory resources").
struct PodResourceCheck {
    let pod: Pod

    /// Checks the containers that a mutation adds together with those that are there.
    func check(_ mutation: PodMutation) throws(Reason) {
        guard let resources = pod.spec["resources"], !resources.isNull else { return }
        let added =
            (mutation.initContainers.map(\.container.object).filter { $0["restartPolicy"]?.string == "Always" }
            + mutation.containers.map(\.object)).map { JSONValue.object($0) }
        let running =
            pod.allContainers.filter { $0.isLongRunning && $0.list != .ephemeralContainers }
            .map { JSONValue.object($0.json) } + added
        for member in resources["requests"]?.object?.members ?? [] {
            guard let allowed = Self.quantity(member.value) else { continue }
            let needed = running.reduce(Int128(0)) { sum, container in
                let (next, overflow) = sum.addingReportingOverflow(Self.request(member.key, of: container))
                return overflow ? Int128.max : next
            }
            guard needed <= allowed else { throw reason("requests", member) }
        }
        for member in resources["limits"]?.object?.members ?? [] {
            guard let allowed = Self.quantity(member.value) else { continue }
            for container in added {
                guard let limit = container["resources"]?["limits"]?[member.key].flatMap(Self.quantity) else {
                    continue
                }
                guard limit <= allowed else { throw reason("limits", member) }
            }
        }
    }

    private func reason(_ kind: String, _ member: JSONObject.Member) -> Reason {
        let value = member.value.string ?? member.value.compactText
        return Reason(
            .podResourcesTooSmall,
            "spec.resources.\(kind).\(member.key) is \(Excerpt.cut(value, to: 32)), less than the containers need with their sidecars; raise it"
        )
    }

    /// What a container requests; its limit where it names no request, as the API server would fill in.
    private static func request(_ name: String, of container: JSONValue) -> Int128 {
        let resources = container["resources"]
        return (resources?["requests"]?[name] ?? resources?["limits"]?[name]).flatMap(quantity) ?? 0
    }

    private static func quantity(_ value: JSONValue) -> Int128? {
        (value.string ?? value.number?.lexeme).flatMap { Quantity($0)?.nanos }
    }
}
