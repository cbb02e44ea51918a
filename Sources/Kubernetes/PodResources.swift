import JSON

/// What the scheduler reserves for a pod, and what the pod as a whole may use.
///
/// A pod needs the most that it uses at any one time (KEP-753, "Resources calculation for scheduling and pod
/// admission"). Containers and native sidecars run together; a plain init container runs with the native sidecars that
/// stand before it:
///
/// ```
/// max(containers + sidecars, each init step) + overhead
/// ```
///
/// Where the pod has resources of its own (`spec.resources`, KEP-2837), those count instead of the containers'.
/// Ephemeral containers have no resources.
package struct PodResources: Sendable, Equatable {
    /// What is reserved, for every resource.
    package private(set) var requests: ResourceList
    /// The limits; of a resource for which only some containers have one, the sum of those.
    package private(set) var limits: ResourceList

    /// Computes the resources of a pod as the API server completes it: a limit without a request is a request too.
    ///
    /// - Parameters:
    ///   - pod: The pod.
    ///   - includesOverhead: Whether what the runtime class takes (`spec.overhead`) counts.
    package init(_ pod: PodLens, includesOverhead: Bool = true) {
        self.init(containersOf: pod)
        if let podLevel = PodLevelResources(pod, containers: requests) {
            requests.replace(with: podLevel.requests)
            limits.replace(with: podLevel.limits)
        }
        guard includesOverhead else { return }
        let overhead = ResourceList(json: pod.spec["overhead"])
        requests.add(overhead)
        for (name, quantity) in overhead.quantities {
            guard let limit = limits[name], limit > .zero else { continue }
            limits[name] = limit + quantity
        }
    }

    /// Computes what the containers of a pod need together, whatever the pod says for itself.
    package init(containersOf pod: PodLens) {
        requests = Self.peak(pod) { $0.addRequests(to: &$1) }
        limits = Self.peak(pod) { $0.addLimits(to: &$1) }
    }

    /// The most that containers use at any one time.
    private static func peak(_ pod: PodLens, adding add: (ContainerLens, inout ResourceList) -> Void) -> ResourceList {
        var sidecars = ResourceList()
        var peak = ResourceList()
        for container in pod.containers(in: .initContainers) {
            guard !container.isNativeSidecar else {
                add(container, &sidecars)
                continue
            }
            var step = sidecars
            add(container, &step)
            peak.raise(to: step)
        }
        var running = sidecars
        for container in pod.containers(in: .containers) {
            add(container, &running)
        }
        running.raise(to: peak)
        return running
    }
}
