public import JSON

/// A pod inside a manifest: either a Pod itself or the template that a workload makes its pods from.
public struct PodTemplate: Sendable, Hashable {
    /// Where the pod's object (with `metadata` and `spec`) lies in the document.
    public let pointer: JSONPointer
    /// Where the Pod or workload that holds it lies in the document; empty unless it is an item of a list.
    public let workload: JSONPointer
    /// The kind of the Pod or workload.
    public let kind: String
    /// Its API group, empty for the core group.
    public let group: String
    /// Its `metadata.name`; nil when it has none (`generateName`).
    public let name: String?
    /// Its `metadata.namespace`; nil when the manifest leaves it to whoever applies it.
    public let namespace: String?
    /// The kind of the object that will own the pods: of a Deployment ReplicaSet, of a CronJob Job, else `kind`.
    ///
    /// Nil for a Pod, and for a PodTemplate, which makes no pods by itself.
    public let ownerKind: String?
}
