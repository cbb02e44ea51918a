import JSON

extension PodMutation {
    /// The mutation as RFC 6902 `add` operations on `pod`, in an order that depends on nothing but the input.
    ///
    /// A parent that is missing or `null` is created once, whole; appends end in `/-`; inserts count those before them.
    func patch(for pod: Pod) -> JSONPatchBuilder {
        var patch = JSONPatchBuilder()
        addMetadata(of: pod, to: &patch)
        append(volumes, to: ["spec", "volumes"], whenAbsent: pod.spec["volumes"]?.array == nil, &patch)
        append(
            imagePullSecrets,
            to: ["spec", "imagePullSecrets"],
            whenAbsent: pod.spec["imagePullSecrets"]?.array == nil,
            &patch
        )
        for change in containerChanges {
            add(change, to: &patch)
        }
        for index in restartPolicyRepairs {
            let pointer = JSONPointer(["spec", "initContainers", String(index), "restartPolicy"])
            patch.add("Always", at: pointer)
        }
        addInitContainers(of: pod, to: &patch)
        for (index, container) in containers.enumerated() {
            patch.add(container.fragment, at: JSONPointer(["spec", "containers", String(index)]))
        }
        return patch
    }

    private func addMetadata(of pod: Pod, to patch: inout JSONPatchBuilder) {
        if pod.json["metadata"]?.object == nil, !(annotations.isEmpty && labels.isEmpty) {
            patch.add([:], at: JSONPointer(["metadata"]))
        }
        add(annotations, "annotations", whenAbsent: pod.annotations == nil, to: &patch)
        add(labels, "labels", whenAbsent: pod.labels == nil, to: &patch)
    }

    private func add(
        _ entries: [MetadataEntry],
        _ member: String,
        whenAbsent isAbsent: Bool,
        to patch: inout JSONPatchBuilder
    ) {
        guard isAbsent else {
            for entry in entries {
                patch.add(entry.fragment, at: JSONPointer(["metadata", member, entry.key]))
            }
            return
        }
        guard !entries.isEmpty else { return }
        var object = JSONObject()
        for entry in entries {
            object[entry.key] = .string(entry.value)
        }
        patch.add(.object(object), at: JSONPointer(["metadata", member]))
    }

    private func append(
        _ elements: [RenderedElement],
        to parent: [String],
        whenAbsent isAbsent: Bool,
        _ patch: inout JSONPatchBuilder
    ) {
        guard !elements.isEmpty else { return }
        guard !isAbsent else {
            return patch.add(JSONFragment(array: elements.map(\.fragment)), at: JSONPointer(parent))
        }
        patch.add(elements.map(\.fragment), at: JSONPointer(parent + ["-"]))
    }

    private func add(_ change: ContainerChange, to patch: inout JSONPatchBuilder) {
        let container = change.container
        let place = ["spec", container.list.rawValue, String(container.index)]
        append(change.volumeMounts, to: place + ["volumeMounts"], whenAbsent: container.lacks("volumeMounts"), &patch)
        guard change.environmentFirst, !container.lacks("env") else {
            append(change.environment, to: place + ["env"], whenAbsent: container.lacks("env"), &patch)
            return
        }
        for (index, variable) in change.environment.enumerated() {
            patch.add(variable.fragment, at: JSONPointer(place + ["env", String(index)]))
        }
    }

    private func addInitContainers(of pod: Pod, to patch: inout JSONPatchBuilder) {
        let parent = ["spec", "initContainers"]
        guard pod.spec["initContainers"]?.array != nil else {
            return append(initContainers.map(\.container), to: parent, whenAbsent: true, &patch)
        }
        let inOrder = initContainers.enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }
        for (inserted, entry) in inOrder.enumerated() {
            let pointer = JSONPointer(parent + [String(entry.element.position + inserted)])
            patch.add(entry.element.container.fragment, at: pointer)
        }
    }
}
