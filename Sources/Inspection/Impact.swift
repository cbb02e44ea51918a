package import Injection
import JSON
import Kubernetes
package import SidecarCatalog

/// What another catalog does to pods, each decided twice by the engine.
///
/// A live pod that has its sidecars is first made what it was before, by its status: what new pods like it get is what
/// counts. Equal changes of one workload are one, with the number of its pods.
package struct Impact: Sendable {
    /// What becomes of the pods of a workload.
    package struct Change: Sendable, Equatable {
        /// The workload or pod, such as `Deployment/web`.
        package let workload: String
        /// Its namespace.
        package let namespace: String
        /// What changes, as a phrase.
        package let text: String
        /// Why its pods, which were admitted, are denied; nil when they are not.
        package let denial: Reason?
        /// How many pods it has.
        package fileprivate(set) var pods: Int

        /// Whether its pods were admitted and are denied.
        package var isNewlyDenied: Bool { denial != nil }
    }

    private struct ChangeKey: Hashable {
        let namespace: String
        let workload: String
        let text: String
    }

    /// How many workloads and live pods were looked at.
    package private(set) var subjects = 0
    /// How many pods they have.
    package private(set) var pods = 0
    /// How many pods are denied under both catalogs.
    package private(set) var deniedPods = 0
    /// How many live pods have another form than their status says, and were decided over as they are.
    package private(set) var changedPods = 0
    /// What changes, in the order in which it was found.
    package private(set) var changes: [Change] = []
    /// Who gets a version that ends, under the new catalog.
    package private(set) var endings = EndingVersions()
    /// What is requested, old and new.
    package private(set) var costs = ImpactCosts()
    private var indices: [ChangeKey: Int] = [:]
    private let old: PodInjector
    private let new: PodInjector

    /// Compares two catalogs.
    package init(old: Catalog, new: Catalog) {
        self.old = PodInjector(catalog: old)
        self.new = PodInjector(catalog: new)
    }

    /// Decides over a pod under both catalogs.
    ///
    /// - Parameters:
    ///   - pod: The pod, or the template of a workload.
    ///   - workload: What it is called, such as `Deployment/web`.
    ///   - replicas: How many pods there are of it.
    ///   - environment: What holds for it.
    package mutating func look(
        at pod: Pod,
        of workload: String,
        replicas: Int = 1,
        in environment: PodEnvironment
    ) {
        subjects += 1
        pods += replicas
        let pod = original(pod)
        let (before, after) = (old.decide(pod, in: environment), new.decide(pod, in: environment))
        let (wasDenied, isDenied) = (before.decision.name == "deny", after.decision.name == "deny")
        let subject = (namespace: Excerpt.cut(environment.namespace, to: 63), name: Excerpt.cut(workload, to: 253))
        if wasDenied, isDenied { deniedPods += replicas }
        if !wasDenied, isDenied {
            let reason = after.decision.reason
            note("denied: \(reason.message)", subject, denial: reason, replicas)
        } else if let text = Self.difference(before, after) {
            note(wasDenied && !isDenied ? "admitted again: \(text)" : text, subject, denial: nil, replicas)
        }
        if let date = environment.date {
            for one in after.injected {
                endings.note(
                    one,
                    of: new.catalog,
                    on: date,
                    namespace: subject.namespace,
                    workload: subject.name,
                    replicas
                )
            }
        }
        costs.count(before, after, namespace: subject.namespace, replicas)
    }

    /// A live pod without the sidecars that its status lists; any other as it is.
    private mutating func original(_ pod: Pod) -> Pod {
        guard LivePod.isLive(pod.json) else { return pod }
        do throws(RemovalError) {
            let removal = try SidecarRemover(domain: old.catalog.annotationDomain).remove(from: pod)
            return (try? Pod(json: removal.pod)) ?? pod
        } catch {
            if error.code != .notInjected { changedPods += 1 }
            return pod
        }
    }

    private mutating func note(
        _ text: String,
        _ subject: (namespace: String, name: String),
        denial: Reason?,
        _ replicas: Int
    ) {
        let key = ChangeKey(namespace: subject.namespace, workload: subject.name, text: text)
        if let index = indices[key] {
            changes[index].pods += replicas
            return
        }
        indices[key] = changes.count
        let (namespace, name) = subject
        changes.append(Change(workload: name, namespace: namespace, text: text, denial: denial, pods: replicas))
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
}
