package import Injection
import JSON
package import Kubernetes
package import SidecarCatalog

/// What another catalog does to pods, each decided twice by the engine.
///
/// Pods that have their sidecars already come out of both decisions as they are; only what pods are made from tells.
package struct Impact: Sendable {
    /// What becomes of a pod.
    package struct Change: Sendable, Equatable {
        /// The workload or pod, such as `Deployment/web`.
        package let workload: String
        /// Its namespace.
        package let namespace: String
        /// What changes, as a phrase.
        package let text: String
        /// Whether its pods were admitted and are denied.
        package let isNewlyDenied: Bool
    }

    /// Where something is paid for.
    private struct Place: Hashable {
        let namespace: String
        let sidecar: String
    }

    /// What the containers of a sidecar request, old and new, one pod of each workload counted.
    package struct Cost: Sendable {
        /// The namespace.
        package let namespace: String
        /// The sidecar.
        package let sidecar: String
        /// The requests under the old catalog.
        package fileprivate(set) var old = ResourceList()
        /// The requests under the new catalog.
        package fileprivate(set) var new = ResourceList()
    }

    /// How many pods were looked at.
    package private(set) var pods = 0
    /// What changes, in the order in which pods were read.
    package private(set) var changes: [Change] = []
    /// Pods that get a version that is deprecated or has ended, under the new catalog.
    package private(set) var deprecated: [Change] = []
    private var costsByPlace: [Place: Cost] = [:]
    private let old: PodInjector
    private let new: PodInjector

    /// Compares two catalogs.
    package init(old: Catalog, new: Catalog) {
        self.old = PodInjector(catalog: old)
        self.new = PodInjector(catalog: new)
    }

    /// The costs that differ, by namespace and sidecar.
    package var costs: [Cost] {
        costsByPlace.values.filter { $0.old != $0.new }
            .sorted { ($0.namespace, $0.sidecar) < ($1.namespace, $1.sidecar) }
    }

    /// Decides over a pod under both catalogs.
    package mutating func look(at pod: Pod, of workload: String, in environment: PodEnvironment) {
        pods += 1
        let (before, after) = (old.decide(pod, in: environment), new.decide(pod, in: environment))
        func change(_ text: String, isNewlyDenied: Bool = false) -> Change {
            let name = Excerpt.cut(workload, to: 253)
            let namespace = Excerpt.cut(environment.namespace, to: 63)
            return Change(workload: name, namespace: namespace, text: text, isNewlyDenied: isNewlyDenied)
        }
        let isDenied = (before.decision.name == "deny", after.decision.name == "deny")
        if !isDenied.0, isDenied.1 {
            changes.append(change("denied: \(after.decision.reason.message)", isNewlyDenied: true))
        } else if let text = Self.difference(before, after) {
            changes.append(change(isDenied.0 && !isDenied.1 ? "admitted again: \(text)" : text))
        }
        for warning in after.warnings where [.deprecatedVersion, .sunsetVersion].contains(warning.code) {
            deprecated.append(change(warning.text))
        }
        count(before, environment.namespace, \.old)
        count(after, environment.namespace, \.new)
    }

    private static func difference(_ before: InjectionOutcome, _ after: InjectionOutcome) -> String? {
        guard before.decision.name != after.decision.name || before.pod != after.pod else { return nil }
        var parts: [String] = []
        for one in after.injected {
            guard let earlier = before.injected.first(where: { $0.name == one.name }) else {
                parts.append("+ \(one.name) \(one.version)")
                continue
            }
            if earlier.version != one.version { parts.append("\(one.name) \(earlier.version) -> \(one.version)") }
        }
        for one in before.injected where !after.injected.contains(where: { $0.name == one.name }) {
            parts.append("- \(one.name) \(one.version)")
        }
        return parts.isEmpty ? "the same versions in another form" : parts.joined(separator: ", ")
    }

    private mutating func count(
        _ outcome: InjectionOutcome,
        _ namespace: String,
        _ side: WritableKeyPath<Cost, ResourceList>
    ) {
        let containers = ["initContainers", "containers"].flatMap { outcome.pod["spec"]?[$0]?.array ?? [] }
        for one in outcome.injected {
            guard let container = containers.first(where: { $0["name"]?.string == one.name }) else { continue }
            let place = Place(namespace: namespace, sidecar: one.name)
            var cost = costsByPlace[place] ?? Cost(namespace: namespace, sidecar: one.name)
            let alone = PodLens(spec: ["containers": .array([container])])
            cost[keyPath: side].add(PodResources(containersOf: alone).requests)
            costsByPlace[place] = cost
        }
    }
}
