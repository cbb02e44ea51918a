import JSON

/// What is to be added to a pod: the intent, from which the patch is made.
///
/// A mutation can only add; there is no way to say that something of the user's is removed, replaced or moved. Indices
/// are those of the pod that it was computed for.
struct PodMutation: Sendable {
    /// Init containers to insert before the one that now stands at `position`.
    struct Insertion: Sendable {
        let position: Int
        let container: RenderedElement
    }

    /// What one container of the application receives.
    struct ContainerChange: Sendable {
        let container: PodContainer
        var volumeMounts: [RenderedElement] = []
        var environment: [RenderedElement] = []
        /// Whether the variables go before the existing ones, because those refer to them by `$(NAME)`.
        var environmentFirst = false
    }

    var annotations: [MetadataEntry] = []
    var labels: [MetadataEntry] = []
    var volumes: [RenderedElement] = []
    var initContainers: [Insertion] = []
    /// Plain containers, put before the application's, where the cluster has no native sidecars.
    var containers: [RenderedElement] = []
    var containerChanges: [ContainerChange] = []
    var imagePullSecrets: [RenderedElement] = []
    /// Places of native sidecars of ours whose `restartPolicy` is gone.
    var restartPolicyRepairs: [Int] = []

    /// Whether there is nothing to add.
    var isEmpty: Bool {
        annotations.isEmpty && labels.isEmpty && volumes.isEmpty && initContainers.isEmpty && containers.isEmpty
            && containerChanges.isEmpty && imagePullSecrets.isEmpty && restartPolicyRepairs.isEmpty
    }
}
