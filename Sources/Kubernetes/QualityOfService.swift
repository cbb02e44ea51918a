import JSON

/// In which order pods are evicted when a node runs short
/// (https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/).
///
/// Only CPU and memory count, only quantities above zero, and init containers as much as others:
///
/// | class | when |
/// |---|---|
/// | `Guaranteed` | each container has a CPU limit and a memory limit, and requests are equal to limits |
/// | `BestEffort` | no container has a request or a limit |
/// | `Burstable` | all others |
///
/// Where the pod has resources of its own, those are looked at instead of the containers'.
package enum QualityOfService: String, Sendable, CaseIterable {
    /// Evicted last.
    case guaranteed = "Guaranteed"
    /// Evicted in between.
    case burstable = "Burstable"
    /// Evicted first.
    case bestEffort = "BestEffort"

    /// Computes the class of a pod as the API server completes it.
    package init(_ pod: PodLens) {
        var tally = Tally()
        if let podLevel = PodLevelResources(pod, containers: PodResources(containersOf: pod).requests) {
            tally.count {
                podLevel.requests[$0]
            } limits: {
                podLevel.limits[$0]
            }
        } else {
            for container in pod.containers where container.list != .ephemeralContainers {
                tally.count {
                    container.request($0)
                } limits: {
                    container.limit($0)
                }
            }
        }
        self = tally.result
    }

    /// What has been seen of CPU and memory.
    private struct Tally {
        private var requests = [Quantity.zero, .zero]
        private var limits = [Quantity.zero, .zero]
        private var isLimited = true

        /// Counts one container, or the pod as a whole.
        mutating func count(requests request: (String) -> Quantity?, limits limit: (String) -> Quantity?) {
            for (index, name) in ["cpu", "memory"].enumerated() {
                requests[index] += request(name) ?? .zero
                let limit = limit(name) ?? .zero
                limits[index] += limit
                isLimited = isLimited && limit > .zero
            }
        }

        var result: QualityOfService {
            if requests.allSatisfy({ $0 == .zero }), limits.allSatisfy({ $0 == .zero }) { return .bestEffort }
            return isLimited && requests == limits ? .guaranteed : .burstable
        }
    }
}
