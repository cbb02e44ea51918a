public import JSON

/// A read-only lens over a pod, or over the pod template of a workload.
///
/// The tree itself is never decoded into structures and encoded again, so nothing in it can be lost. The lens checks
/// the types of the parts that the engine looks at; all else is left to the API server.
///
/// A class, since every part of the engine has it: a reference is counted once, its members one by one.
public final class Pod: Sendable {
    /// The pod as it came.
    public let json: JSONValue
    let metadata: JSONObject
    /// The annotations; nil when there are none and the object has to be created.
    let annotations: JSONObject?
    /// The labels; nil when there are none and the object has to be created.
    let labels: JSONObject?
    let spec: JSONObject
    /// The volumes.
    let volumes: [JSONValue]
    let initContainers: [PodContainer]
    let containers: [PodContainer]
    let ephemeralContainers: [PodContainer]

    /// Looks at a pod.
    ///
    /// - Parameter json: An object with `metadata` (may be absent) and `spec`.
    /// - Throws: The part that is not as the Pod schema says.
    public init(json: JSONValue) throws(PodError) {
        guard json.object != nil else {
            throw PodError.wrongType(JSONPointer(), expected: "a pod", found: json)
        }
        self.json = json
        self.metadata = try Self.object(json["metadata"], at: JSONPointer(["metadata"])) ?? JSONObject()
        guard let spec = try Self.object(json["spec"], at: JSONPointer(["spec"])) else {
            throw PodError(code: .missing, reason: "the pod has no spec", location: JSONPointer(["spec"]))
        }
        self.spec = spec
        self.annotations = try Self.object(metadata["annotations"], at: JSONPointer(["metadata", "annotations"]))
        self.labels = try Self.object(metadata["labels"], at: JSONPointer(["metadata", "labels"]))
        self.initContainers = try Self.containers(.initContainers, of: spec)
        self.containers = try Self.containers(.containers, of: spec)
        self.ephemeralContainers = try Self.containers(.ephemeralContainers, of: spec)
        self.volumes = try Self.array(spec["volumes"], at: JSONPointer(["spec", "volumes"]))
        for (index, volume) in volumes.enumerated() {
            _ = try Self.object(volume, at: JSONPointer(["spec", "volumes", String(index)]))
        }
    }

    /// Every container, in the order init, main, ephemeral.
    var allContainers: [PodContainer] { initContainers + containers + ephemeralContainers }

    /// The text of an annotation, when it is there and a string.
    func annotation(_ key: String) -> String? {
        annotations?[key]?.string
    }

    /// The volume of a name.
    func volume(named name: String) -> JSONObject? {
        for volume in volumes {
            guard case .object(let object) = volume, case .string(let other) = object["name"] else { continue }
            if other.hasSameBytes(as: name) { return object }
        }
        return nil
    }

    /// Whether a container of any kind has a name.
    func hasContainer(named name: String) -> Bool {
        func isNamed(_ container: PodContainer) -> Bool { container.name.hasSameBytes(as: name) }
        return initContainers.contains(where: isNamed) || containers.contains(where: isNamed)
            || ephemeralContainers.contains(where: isNamed)
    }

    /// Whether the pod says that it runs on Windows (`spec.os.name`, or the node label that selects Windows nodes).
    var isWindows: Bool {
        spec["os"]?["name"]?.string == "windows" || spec["nodeSelector"]?["kubernetes.io/os"]?.string == "windows"
    }

    /// Whether the pod uses the host's network.
    var usesHostNetwork: Bool { spec["hostNetwork"]?.bool ?? false }
    /// The name of the pod's service account; `default` where the pod names none, as the API server fills in.
    var serviceAccount: String {
        let name = spec["serviceAccountName"]?.string ?? spec["serviceAccount"]?.string ?? ""
        return name.isEmpty ? "default" : name
    }
    /// Whether the pod's containers are always restarted, which is the default.
    var alwaysRestarts: Bool { (spec["restartPolicy"]?.string ?? "Always") == "Always" }

    private static func object(
        _ value: JSONValue?,
        at location: @autoclosure () -> JSONPointer
    ) throws(PodError) -> JSONObject? {
        switch value {
        case nil, .null: return nil
        case .object(let object): return object
        case .some(let other): throw PodError.wrongType(location(), expected: "an object", found: other)
        }
    }

    private static func array(
        _ value: JSONValue?,
        at location: @autoclosure () -> JSONPointer
    ) throws(PodError) -> [JSONValue] {
        switch value {
        case nil, .null: return []
        case .array(let array): return array
        case .some(let other): throw PodError.wrongType(location(), expected: "an array", found: other)
        }
    }

    private static func containers(
        _ list: PodContainer.List,
        of spec: JSONObject
    ) throws(PodError) -> [PodContainer] {
        var location: JSONPointer { JSONPointer(["spec", list.rawValue]) }
        var containers: [PodContainer] = []
        for (index, value) in try array(spec[list.rawValue], at: location).enumerated() {
            guard let json = value.object else {
                throw PodError.wrongType(location.appending(index), expected: "a container", found: value)
            }
            guard let name = json["name"]?.string else {
                let pointer = location.appending(index).appending("name")
                throw PodError.wrongType(pointer, expected: "a string", found: json["name"] ?? .null)
            }
            for member in ["env", "volumeMounts", "ports"] {
                _ = try array(json[member], at: location.appending(index).appending(member))
            }
            containers.append(PodContainer(list: list, index: index, name: name, json: json))
        }
        return containers
    }
}
