package import Kubernetes

/// What sidecars have to say about their resources, and how much those of one pod may request together.
public struct ResourcePolicy: Sendable {
    /// The values that every container of the catalog has to set.
    public let required: [ResourceField]
    /// The highest effective request of all sidecars of a pod together, by resource.
    package let perPod: [(resource: String, maximum: Quantity)]
    /// What happens in pods that are Guaranteed, unless the sidecar says otherwise.
    public let guaranteed: GuaranteedPolicy

    /// A policy that requires and limits nothing.
    static let unrestricted = ResourcePolicy(required: [], perPod: [], guaranteed: .match)
}
