import JSON

/// A pod while its sidecars are taken out.
struct StrippedPod {
    /// The pod so far.
    private(set) var pod: JSONValue
    /// What should have been there, in words.
    private(set) var missing: [String] = []

    init(_ pod: JSONValue) {
        self.pod = pod
    }

    /// Takes out everything that was added for one sidecar.
    mutating func remove(_ entry: InjectionStatus.Entry) {
        remove(entry.initContainers, by: "name", from: ["spec", "initContainers"], "init container")
        remove(entry.containers, by: "name", from: ["spec", "containers"], "container")
        remove(entry.volumes, by: "name", from: ["spec", "volumes"], "volume")
        remove(entry.imagePullSecrets, by: "name", from: ["spec", "imagePullSecrets"], "pull secret")
        for group in entry.mounts { remove(group.names, by: "mountPath", "volumeMounts", of: group.container) }
        for group in entry.environment { remove(group.names, by: "name", "env", of: group.container) }
        for key in entry.annotations { removeMember(key, from: "annotations") }
        for key in entry.labels { removeMember(key, from: "labels") }
    }

    /// Gives an annotation its former value; nil takes it out.
    mutating func setAnnotation(_ key: String, to value: String?) {
        guard value == nil else {
            return change(["metadata", "annotations"]) { annotations in
                guard var object = annotations.object else { return }
                object[key] = value.map { .string($0) }
                annotations = .object(object)
            }
        }
        removeMember(key, from: "annotations")
    }

    /// Takes out a parent that was created, unless something else was put into it since; one that was `null` is again.
    ///
    /// Below a list of containers the status has a container's name where a pointer has its index.
    mutating func removeEmptyParent(_ parent: String, leavesNull: Bool) {
        let tokens = parent.split(separator: "/").map(String.init)
        guard let last = tokens.last, let path = path(Array(tokens.dropLast())) else { return }
        change(path) { value in
            guard var object = value.object, let child = object[last] else { return }
            guard child.object?.isEmpty ?? child.array?.isEmpty ?? false else { return }
            object[last] = leavesNull ? .null : nil
            value = .object(object)
        }
    }

    private mutating func removeMember(_ key: String, from member: String) {
        guard pod["metadata"]?[member]?[key] != nil else {
            return missing.append("\(member.dropLast()) \(key)")
        }
        change(["metadata", member]) { value in
            guard var object = value.object else { return }
            object[key] = nil
            value = .object(object)
        }
    }

    private mutating func remove(_ names: [String], by key: String, _ member: String, of container: String) {
        guard !names.isEmpty else { return }
        for list in ["containers", "initContainers"] {
            guard let path = path(["spec", list, container]) else { continue }
            return remove(names, by: key, from: path + [member], "\(member) of the container \(container)")
        }
        missing.append("container \(container)")
    }

    private mutating func remove(_ names: [String], by key: String, from path: [String], _ what: String) {
        for name in names {
            let elements = pod[JSONPointer(path)]?.array ?? []
            let rest = elements.filter { !($0[key]?.string?.hasSameBytes(as: name) ?? false) }
            guard rest.count == elements.count - 1 else {
                missing.append("\(what) \(name)")
                continue
            }
            change(path) { $0 = .array(rest) }
        }
    }

    /// The path with the name of a container replaced by its index.
    private func path(_ tokens: [String]) -> [String]? {
        guard tokens.count == 3 else { return tokens }
        let containers = pod[JSONPointer(Array(tokens.prefix(2)))]?.array ?? []
        guard let index = containers.firstIndex(where: { $0["name"]?.string?.hasSameBytes(as: tokens[2]) ?? false })
        else { return nil }
        return [tokens[0], tokens[1], String(index)]
    }

    private mutating func change(_ path: [String], _ body: (inout JSONValue) -> Void) {
        let pointer = JSONPointer(path)
        guard var value = pod[pointer] else { return }
        body(&value)
        guard let changed = try? JSONPatch([.replace(path: pointer, value: value)]).applied(to: pod) else { return }
        pod = changed
    }
}
