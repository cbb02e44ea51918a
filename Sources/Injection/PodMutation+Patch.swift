import JSON

extension PodMutation {
    /// The mutation as RFC 6902 `add` operations on `pod`, in an order that depends on nothing but the input.
    ///
    /// A parent that is missing or `null` is created once, whole; appends end in `/-`; inserts count those before them.
    func patch(for pod: Pod) -> JSONPatch {
        var operations: [JSONPatch.Operation] = []
        addMetadata(of: pod, to: &operations)
        add(volumes, "volumes", whenAbsent: pod.spec["volumes"]?.array == nil, to: &operations)
        add(
            imagePullSecrets,
            "imagePullSecrets",
            whenAbsent: pod.spec["imagePullSecrets"]?.array == nil,
            to: &operations
        )
        for change in containerChanges {
            add(change, to: &operations)
        }
        for index in restartPolicyRepairs {
            let pointer = JSONPointer(["spec", "initContainers", String(index), "restartPolicy"])
            operations.append(.add(path: pointer, value: "Always"))
        }
        addInitContainers(of: pod, to: &operations)
        for (index, container) in containers.enumerated() {
            let pointer = JSONPointer(["spec", "containers", String(index)])
            operations.append(.add(path: pointer, value: container))
        }
        return JSONPatch(operations)
    }

    private func addMetadata(of pod: Pod, to operations: inout [JSONPatch.Operation]) {
        if pod.json["metadata"]?.object == nil, !(annotations.isEmpty && labels.isEmpty) {
            operations.append(.add(path: JSONPointer(["metadata"]), value: [:]))
        }
        add(annotations, "annotations", whenAbsent: pod.annotations == nil, to: &operations)
        add(labels, "labels", whenAbsent: pod.labels == nil, to: &operations)
    }

    private func add(
        _ pairs: [(key: String, value: String)],
        _ member: String,
        whenAbsent isAbsent: Bool,
        to operations: inout [JSONPatch.Operation]
    ) {
        let parent = JSONPointer(["metadata", member])
        guard isAbsent else {
            for (key, value) in pairs {
                operations.append(.add(path: parent.appending(key), value: .string(value)))
            }
            return
        }
        guard !pairs.isEmpty else { return }
        var object = JSONObject()
        for (key, value) in pairs {
            object[key] = .string(value)
        }
        operations.append(.add(path: parent, value: .object(object)))
    }

    private func add(
        _ elements: [JSONValue],
        _ member: String,
        whenAbsent isAbsent: Bool,
        to operations: inout [JSONPatch.Operation]
    ) {
        append(elements, to: JSONPointer(["spec", member]), whenAbsent: isAbsent, &operations)
    }

    private func append(
        _ elements: [JSONValue],
        to parent: JSONPointer,
        whenAbsent isAbsent: Bool,
        _ operations: inout [JSONPatch.Operation]
    ) {
        guard !elements.isEmpty else { return }
        guard !isAbsent else {
            operations.append(.add(path: parent, value: .array(elements)))
            return
        }
        for element in elements {
            operations.append(.add(path: parent.appending("-"), value: element))
        }
    }

    private func add(_ change: ContainerChange, to operations: inout [JSONPatch.Operation]) {
        let container = change.container
        let mounts = container.pointer.appending("volumeMounts")
        append(change.volumeMounts, to: mounts, whenAbsent: container.lacks("volumeMounts"), &operations)
        let environment = container.pointer.appending("env")
        guard change.environmentFirst, !container.lacks("env") else {
            append(change.environment, to: environment, whenAbsent: container.lacks("env"), &operations)
            return
        }
        for (index, variable) in change.environment.enumerated() {
            operations.append(.add(path: environment.appending(index), value: variable))
        }
    }

    private func addInitContainers(of pod: Pod, to operations: inout [JSONPatch.Operation]) {
        let parent = JSONPointer(["spec", "initContainers"])
        guard pod.spec["initContainers"]?.array != nil else {
            append(initContainers.map(\.container), to: parent, whenAbsent: true, &operations)
            return
        }
        let inOrder = initContainers.enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }
        for (inserted, entry) in inOrder.enumerated() {
            let pointer = parent.appending(entry.element.position + inserted)
            operations.append(.add(path: pointer, value: entry.element.container))
        }
    }
}
