import JSON

/// The parents that a patch creates, for whoever takes the sidecars out again.
///
/// Below a list of containers a parent has a container's name where a pointer has its index.
struct CreatedParents {
    /// All of them, parents before what is in them.
    private(set) var all: [String] = []
    /// Those that were there as `null`.
    private(set) var nulls: [String] = []
    private let pod: Pod

    /// Finds out which parents a mutation of a pod needs that the pod does not have.
    init(by mutation: PodMutation, in pod: Pod) {
        self.pod = pod
        let metadata = pod.json["metadata"]
        if metadata?.object == nil { add("/metadata", insteadOf: metadata) }
        if pod.annotations == nil { add("/metadata/annotations", insteadOf: pod.metadata["annotations"]) }
        if pod.labels == nil, !mutation.labels.isEmpty { add("/metadata/labels", insteadOf: pod.metadata["labels"]) }
        addList("volumes", of: mutation.volumes)
        addList("initContainers", of: mutation.initContainers)
        addList("imagePullSecrets", of: mutation.imagePullSecrets)
        for change in mutation.containerChanges {
            addList("volumeMounts", of: change.volumeMounts, in: change.container)
            addList("env", of: change.environment, in: change.container)
        }
    }

    private mutating func addList<Element>(_ name: String, of added: [Element]) {
        guard !added.isEmpty else { return }
        let existing = pod.spec[name]
        if existing?.array == nil { add("/spec/\(name)", insteadOf: existing) }
    }

    private mutating func addList(_ name: String, of added: [RenderedElement], in container: PodContainer) {
        guard !added.isEmpty else { return }
        let existing = container.json[name]
        guard existing?.array == nil else { return }
        add("/spec/\(container.list.rawValue)/\(container.name)/\(name)", insteadOf: existing)
    }

    private mutating func add(_ parent: String, insteadOf existing: JSONValue?) {
        all.append(parent)
        if existing?.isNull == true { nulls.append(parent) }
    }
}
