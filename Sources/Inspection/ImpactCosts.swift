import Injection
import JSON
package import Kubernetes

/// What pods request under two catalogs, every pod of a workload counted.
package struct ImpactCosts: Sendable {
    /// What is requested in one place.
    package struct Cost: Sendable {
        /// The namespace.
        package let namespace: String
        /// The sidecar whose own containers are counted; nil for whole pods, as the scheduler counts them.
        package let sidecar: String?
        /// The requests under the old catalog.
        package fileprivate(set) var old = ResourceList()
        /// The requests under the new catalog.
        package fileprivate(set) var new = ResourceList()
        /// How many pods have it under the old catalog.
        package fileprivate(set) var oldPods = 0
        /// How many pods have it under the new catalog.
        package fileprivate(set) var newPods = 0
    }

    private struct Place: Hashable {
        let namespace: String
        let sidecar: String?
    }

    private var costs: [Place: Cost] = [:]

    /// The sidecars whose requests differ, by namespace and name.
    package var sidecars: [Cost] {
        changed.filter { $0.sidecar != nil }.sorted {
            ($0.namespace, $0.sidecar ?? "") < ($1.namespace, $1.sidecar ?? "")
        }
    }

    /// The namespaces whose pods' requests differ, by name.
    package var namespaces: [Cost] {
        changed.filter { $0.sidecar == nil }.sorted { $0.namespace < $1.namespace }
    }

    /// All pods together; their namespace is empty.
    package var total: Cost {
        costs.values.filter { $0.sidecar == nil }.reduce(into: Cost(namespace: "", sidecar: nil)) { total, cost in
            total.old.add(cost.old)
            total.new.add(cost.new)
            total.oldPods += cost.oldPods
            total.newPods += cost.newPods
        }
    }

    private var changed: [Cost] { costs.values.filter { $0.old != $0.new || $0.oldPods != $0.newPods } }

    /// Counts the pods of a workload; one that is denied costs nothing.
    mutating func count(_ before: InjectionOutcome, _ after: InjectionOutcome, namespace: String, _ replicas: Int) {
        count(before, namespace, replicas, \.old, \.oldPods)
        count(after, namespace, replicas, \.new, \.newPods)
    }

    private mutating func count(
        _ outcome: InjectionOutcome,
        _ namespace: String,
        _ replicas: Int,
        _ requests: WritableKeyPath<Cost, ResourceList>,
        _ pods: WritableKeyPath<Cost, Int>
    ) {
        guard outcome.decision.name != "deny" else { return }
        func add(_ list: ResourceList, to sidecar: String?) {
            let place = Place(namespace: namespace, sidecar: sidecar)
            var cost = costs.removeValue(forKey: place) ?? Cost(namespace: namespace, sidecar: sidecar)
            cost[keyPath: requests].add(list.times(replicas))
            cost[keyPath: pods] += replicas
            costs[place] = cost
        }
        add(PodResources(PodLens(outcome.pod)).requests, to: nil)
        let containers = ["initContainers", "containers"].flatMap { outcome.pod["spec"]?[$0]?.array ?? [] }
        for one in outcome.injected {
            guard let container = containers.first(where: { $0["name"]?.string == one.name }) else { continue }
            add(PodResources(containersOf: PodLens(spec: ["containers": .array([container])])).requests, to: one.name)
        }
    }
}

extension ResourceList {
    /// The quantities, each so many times; at most what 128 bits of billionths hold.
    fileprivate func times(_ count: Int) -> ResourceList {
        var list = self
        for (name, quantity) in quantities {
            let (product, isTooLarge) = quantity.nanos.multipliedReportingOverflow(by: Int128(count))
            list[name] = Quantity(nanos: isTooLarge ? .max : product, format: quantity.format)
        }
        return list
    }
}
