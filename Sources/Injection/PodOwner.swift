import JSON

/// Whom to talk about a live pod: the object that a person made, as far as the pod tells.
package struct PodOwner: Sendable, Hashable {
    /// The labels with a template's hash, by the kind of the ReplicaSet's own owner.
    private static let hashLabels = [
        ("pod-template-hash", "Deployment"), ("rollouts-pod-template-hash", "Rollout"),
    ]

    /// The namespace.
    package let namespace: String
    /// The kind: of a Deployment's pod `Deployment`, though the pod names a ReplicaSet; of a pod by itself `Pod`.
    package let kind: String
    /// The name.
    package let name: String

    /// Finds the owner of a pod.
    package init(of pod: Pod, in namespace: String) {
        self.namespace = namespace
        let owners = pod.metadata["ownerReferences"]?.array ?? []
        let owner = owners.first { $0["controller"]?.bool ?? false } ?? owners.first
        guard let kind = owner?["kind"]?.string, let name = owner?["name"]?.string else {
            self.kind = "Pod"
            self.name = pod.metadata["name"]?.string ?? pod.metadata["generateName"]?.string ?? ""
            return
        }
        for (label, maker) in Self.hashLabels where kind == "ReplicaSet" {
            guard let hash = pod.labels?[label]?.string, !hash.isEmpty, name.hasSuffix("-\(hash)") else { continue }
            self.kind = maker
            self.name = String(name.dropLast(hash.count + 1))
            return
        }
        self.kind = kind
        self.name = name
    }
}
