package import JSON
package import Kubernetes

/// What a pod is to the scheduler, the kubelet and Pod Security admission.
package struct PodSummary: Sendable {
    /// A container's part in the life of the pod.
    package enum Role: String, Sendable {
        /// It runs to completion before the next one starts.
        case initContainer = "init"
        /// It starts before the next one and runs as long as the pod (KEP-753).
        case nativeSidecar = "sidecar"
        /// It runs with all others of its kind.
        case container
    }

    /// A container in start order.
    package struct Step: Sendable, Equatable {
        /// Its name.
        package let name: String
        /// Its part.
        package let role: Role
        /// Its image; empty when it names none.
        package let image: String
        /// The ports that it declares.
        package let ports: [Int]
        /// The names of the volumes that it mounts, each once, in order.
        package let volumes: [String]
    }

    /// The containers as they start: init containers and native sidecars one after the other, then the others at once.
    package let startOrder: [Step]
    /// What is reserved, and what the pod may use.
    package let resources: PodResources
    /// In which order it is evicted.
    package let quality: QualityOfService
    /// The strictest level that it meets, and what keeps it from a stricter one.
    package let security: PodSecurity

    /// Looks at a pod.
    ///
    /// - Parameters:
    ///   - pod: An object with `spec`.
    ///   - version: The version of the Pod Security Standards.
    package init(_ pod: JSONValue, version: PodSecurityVersion = .latest) {
        let lens = PodLens(pod)
        startOrder = lens.containers.compactMap(Self.step)
        resources = PodResources(lens)
        quality = QualityOfService(lens)
        security = PodSecurity(lens, version: version)
    }

    /// The groups in which the containers stop: the others at once, then native sidecars in reverse, one by one.
    package var stopOrder: [[String]] {
        let running = startOrder.filter { $0.role == .container }.map(\.name)
        return (running.isEmpty ? [] : [running])
            + startOrder.filter { $0.role == .nativeSidecar }.reversed().map { [$0.name] }
    }

    private static func step(_ container: ContainerLens) -> Step? {
        guard container.list != .ephemeralContainers else { return nil }
        let isInit = container.list == .initContainers
        let mounts = container.json["volumeMounts"]?.array?.compactMap { $0["name"]?.string } ?? []
        return Step(
            name: container.name,
            role: isInit ? (container.isNativeSidecar ? .nativeSidecar : .initContainer) : .container,
            image: container.json["image"]?.string ?? "",
            ports: container.json["ports"]?.array?.compactMap { $0["containerPort"]?.integer } ?? [],
            volumes: mounts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        )
    }
}
