package import Injection
package import JSON

/// What is wrong with the sidecars of a fleet of live pods, by owner.
package struct Audit: Sendable {
    /// Pods of an owner with the same finding.
    package struct Group: Sendable, Equatable {
        /// What is wrong.
        package let finding: AuditFinding
        /// The names of the pods, in the order in which they were read.
        package fileprivate(set) var pods: [String]
    }

    /// What was found of an owner's pods.
    package struct Owner: Sendable {
        /// Whose pods.
        package let owner: PodOwner
        /// The findings in the order in which they were found.
        package fileprivate(set) var groups: [Group] = []
        /// Why new pods would be denied, so that a restart would stop the workload; nil when they would be admitted.
        package fileprivate(set) var denial: Reason?
    }

    /// How many pods were looked at.
    package private(set) var pods = 0
    /// How many of them have a finding.
    package private(set) var affectedPods = 0
    /// How many pods were passed over, since they have ended or are about to.
    package private(set) var endedPods = 0
    /// What a pod is known as, since watches and overlapping lists show the same one again.
    private struct Identity: Hashable {
        let namespace: String
        let name: String
    }

    /// What was made of a pod when it was last seen.
    private enum Verdict {
        case ended
        case clean
        case found(PodOwner)
    }

    private var byOwner: [PodOwner: Owner] = [:]
    private var verdicts: [Identity: Verdict] = [:]
    private let injector: PodInjector
    private let environment: PodEnvironment

    /// Starts with no pods.
    ///
    /// - Parameters:
    ///   - injector: The engine.
    ///   - environment: What holds for all pods; the namespace is that of pods that name none.
    package init(_ injector: PodInjector, environment: PodEnvironment) {
        self.injector = injector
        self.environment = environment
    }

    /// Looks at a pod; one that was seen before counts as it is now.
    ///
    /// - Parameters:
    ///   - json: The pod.
    ///   - isDeleted: Whether it is gone, as a watch says.
    /// - Throws: What in it is not as the Pod schema says.
    package mutating func look(at json: JSONValue, isDeleted: Bool = false) throws(PodError) {
        var environment = environment
        if let namespace = json["metadata"]?["namespace"]?.string { environment.namespace = namespace }
        let name = json["metadata"]?["name"]?.string ?? ""
        let identity = Identity(namespace: environment.namespace, name: name)
        retract(verdicts[identity], of: name)
        let verdict: Verdict
        if isDeleted || LivePod.hasEnded(json) {
            endedPods += 1
            verdict = .ended
        } else {
            verdict = judge(try Pod(json: json), name, environment)
        }
        // A pod without a name, in a manifest, is like no other.
        if !name.isEmpty { verdicts[identity] = verdict }
    }

    /// Takes back what was said about a pod.
    private mutating func retract(_ verdict: Verdict?, of name: String) {
        switch verdict {
        case nil: break
        case .ended: endedPods -= 1
        case .clean: pods -= 1
        case .found(let owner):
            pods -= 1
            affectedPods -= 1
            guard var entry = byOwner.removeValue(forKey: owner) else { return }
            for index in entry.groups.indices { entry.groups[index].pods.removeAll { $0 == name } }
            entry.groups.removeAll { $0.pods.isEmpty }
            if !entry.groups.isEmpty { byOwner[owner] = entry }
        }
    }

    private mutating func judge(_ pod: Pod, _ name: String, _ environment: PodEnvironment) -> Verdict {
        pods += 1
        let audited = injector.audit(pod, in: environment)
        guard !audited.findings.isEmpty else { return .clean }
        affectedPods += 1
        let owner = PodOwner(of: pod, in: environment.namespace)
        var entry = byOwner.removeValue(forKey: owner) ?? Owner(owner: owner)
        for finding in audited.findings {
            if let index = entry.groups.firstIndex(where: { $0.finding == finding }) {
                entry.groups[index].pods.append(name)
            } else {
                entry.groups.append(Group(finding: finding, pods: [name]))
            }
        }
        entry.denial = entry.denial ?? audited.denial
        byOwner[owner] = entry
        return .found(owner)
    }

    /// Whether nothing was found.
    package var isClean: Bool { byOwner.isEmpty }

    /// The owners with findings, by namespace, kind and name.
    package var owners: [Owner] {
        byOwner.values.sorted {
            ($0.owner.namespace, $0.owner.kind, $0.owner.name) < ($1.owner.namespace, $1.owner.kind, $1.owner.name)
        }
    }
}
