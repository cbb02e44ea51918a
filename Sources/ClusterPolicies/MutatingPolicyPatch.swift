import JSON
import SidecarCatalog

/// The patch of a policy as an expression: the same additions as the engine's patch, at the same places.
///
/// An expression has no counter, so places are found in a list of the first 32; pods with more containers pass by.
struct MutatingPolicyPatch {
    /// How many application containers a pod may have.
    static let maximumContainers = 32

    let policy: MutatingPolicy

    private var additions: ConstantAdditions { policy.additions }
    private var reachesApplication: Bool { !(additions.volumeMounts.isEmpty && additions.environment.isEmpty) }

    /// The variables of the expression.
    var variables: [ValidatingPolicy.Variable] {
        let indices = "[\((0..<Self.maximumContainers).map(String.init).joined(separator: ", "))]"
        let order = policy.catalog.startOrder(of: policy.sidecar.name)
        let earlier = policy.catalog.sidecars.prefix(order).flatMap { sidecar in
            [sidecar.name.rawValue] + Set(sidecar.versions.flatMap { $0.setup.map(\.containerName) }).sorted()
        }
        let front = ValidatingPolicy.Variable(
            name: "front",
            expression: """
                has(object.spec.initContainers)
                ? \(indices)
                .filter(i, i < object.spec.initContainers.size() && object.spec.initContainers[i].name in
                \(CEL.list(policy.catalog.meshContainers + earlier))) : []
                """
        )
        let position = ValidatingPolicy.Variable(
            name: "position",
            expression: "variables.front.size() == 0 ? 0 : variables.front[variables.front.size() - 1] + 1"
        )
        return [front, position] + (reachesApplication ? application(indices) : [])
    }

    /// Which containers receive what the sidecar has for the application.
    private func application(_ indices: String) -> [ValidatingPolicy.Variable] {
        let key = CEL.quoted("kubectl.kubernetes.io/default-container")
        let own = ValidatingPolicy.Variable(
            name: "own",
            expression: """
                \(indices)
                .filter(i, i < object.spec.containers.size() && !(object.spec.containers[i].name in
                \(CEL.list(policy.catalog.meshContainers))))
                """
        )
        let main = ValidatingPolicy.Variable(
            name: "main",
            expression: """
                \(key) in object.metadata.annotations
                ? variables.own.filter(i, object.spec.containers[i].name == object.metadata.annotations[\(key)]) : []
                """
        )
        let isAll = additions.version.app.containers == .all
        let receivers = ValidatingPolicy.Variable(
            name: "receivers",
            expression: isAll
                ? "variables.own"
                : """
                variables.main.size() > 0 ? variables.main
                : (variables.own.size() > 0 ? [variables.own[0]] : variables.own)
                """
        )
        return [own] + (isAll ? [] : [main]) + [receivers]
    }

    /// The list of operations.
    var expression: String {
        CEL.sum(metadata + volumes + initContainers + application + pullSecrets)
    }

    private var metadata: [String] {
        let labels = additions.labels.map { operation("'/metadata/labels/\(escaped($0.key))'", CEL.value($0.value)) }
        let parent = "(has(object.metadata.labels) ? [] : [\(operation("'/metadata/labels'", "{}"))])"
        let annotations = additions.annotations.map {
            operation("'/metadata/annotations/\(escaped($0.key))'", CEL.value($0.value))
        }
        return annotations.map { "[\($0)]" } + safeToEvict + (labels.isEmpty ? [] : [parent]) + labels.map { "[\($0)]" }
    }

    /// The one annotation that is extended: local volumes that do not keep the cluster autoscaler from removing a node.
    private var safeToEvict: [String] {
        guard !additions.localVolumes.isEmpty else { return [] }
        let key = CEL.quoted(ConstantAdditions.safeToEvict)
        let ours = CEL.quoted(additions.localVolumes.joined(separator: ","))
        let existing = "object.metadata.annotations[\(key)]"
        let value = "\(key) in object.metadata.annotations && \(existing) != '' ? \(existing) + ',' + \(ours) : \(ours)"
        return ["[\(operation("'/metadata/annotations/\(escaped(ConstantAdditions.safeToEvict))'", value))]"]
    }

    private var volumes: [String] {
        additions.volumes.isEmpty ? [] : [parent("volumes")] + additions.volumes.map { unlessNamed("volumes", $0) }
    }

    private var initContainers: [String] {
        [parent("initContainers")]
            + additions.initContainers.enumerated().map { index, container in
                let path = "'/spec/initContainers/' + string(variables.position\(index == 0 ? "" : " + \(index)"))"
                return "[\(operation(path, CEL.value(container)))]"
            }
    }

    private var pullSecrets: [String] {
        guard !additions.imagePullSecrets.isEmpty else { return [] }
        return [parent("imagePullSecrets")] + additions.imagePullSecrets.map { unlessNamed("imagePullSecrets", $0) }
    }

    private var application: [String] {
        lists("volumeMounts", additions.volumeMounts, by: "mountPath") + lists("env", additions.environment, by: "name")
    }

    /// Elements of a list in the receiving containers; one that is there already, by its key, stays as it is.
    private func lists(_ list: String, _ elements: [JSONValue], by key: String) -> [String] {
        guard !elements.isEmpty else { return [] }
        let container = "object.spec.containers[i]"
        let path = "'/spec/containers/' + string(i) + '/\(list)"
        let parent = """
            variables.receivers.filter(i, !has(\(container).\(list)))
            .map(i, \(operation("\(path)'", "[]")))
            """
        return [parent]
            + elements.map { element in
                let value = CEL.value(element[key] ?? .null)
                return """
                    variables.receivers.filter(i, !(has(\(container).\(list))
                    && \(container).\(list).exists(e, e.\(key) == \(value))))
                    .map(i, \(operation("\(path)/-'", CEL.value(element))))
                    """
            }
    }

    private func parent(_ list: String) -> String {
        "(has(object.spec.\(list)) ? [] : [\(operation("'/spec/\(list)'", "[]"))])"
    }

    private func unlessNamed(_ list: String, _ element: JSONValue) -> String {
        let name = CEL.value(element["name"] ?? .null)
        return """
            (has(object.spec.\(list)) && object.spec.\(list).exists(e, e.name == \(name)) ? []
            : [\(operation("'/spec/\(list)/-'", CEL.value(element)))])
            """
    }

    private func operation(_ path: String, _ value: String) -> String {
        "JSONPatch{op: 'add', path: \(path), value: \(value)}"
    }

    /// A key as a part of a path within a string literal; keys of annotations and labels have no quotes.
    private func escaped(_ key: String) -> String {
        let pointer = JSONPointer([key]).description
        return String(CEL.quoted(String(pointer.dropFirst())).dropFirst().dropLast())
    }
}
