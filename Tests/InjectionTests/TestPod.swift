import Injection
import JSON

/// Pods for tests.
enum TestPod {
    /// A pod with one container `app` that listens on 8080.
    static func pod(
        annotations: [String: String]? = nil,
        app: JSONObject = [:],
        spec: JSONObject = [:],
        metadata: JSONObject = [:]
    ) -> JSONValue {
        var container: JSONObject = [
            "name": "app", "image": "registry.example/app:1", "ports": [["containerPort": 8080]],
        ]
        for member in app.members { container[member.key] = member.value }
        var podSpec: JSONObject = ["containers": [.object(container)]]
        for member in spec.members { podSpec[member.key] = member.value }
        var podMetadata: JSONObject = ["name": "p"]
        for member in metadata.members { podMetadata[member.key] = member.value }
        if let annotations {
            var object = JSONObject()
            for (key, value) in annotations.sorted(by: { $0.key < $1.key }) { object[key] = .string(value) }
            podMetadata["annotations"] = .object(object)
        }
        return ["apiVersion": "v1", "kind": "Pod", "metadata": .object(podMetadata), "spec": .object(podSpec)]
    }

    /// A pod that asks for sidecars.
    static func asking(_ request: String, _ more: [String: String] = [:], app: JSONObject = [:], spec: JSONObject = [:])
        -> JSONValue
    {
        var annotations = more
        annotations["pillion.dev/inject"] = request
        return pod(annotations: annotations, app: app, spec: spec)
    }
}

extension PodInjector {
    /// Decides on a tree in the namespace `shop`.
    func decide(_ json: JSONValue, _ environment: PodEnvironment = PodEnvironment(namespace: "shop")) throws
        -> InjectionOutcome
    {
        decide(try Pod(json: json), in: environment)
    }
}

extension JSONValue {
    /// The names of a pod's containers in a list.
    func names(_ list: String) -> [String] {
        self["spec"]?[list]?.array?.compactMap { $0["name"]?.string } ?? []
    }

    /// A container of a pod by name.
    func container(_ name: String) -> JSONValue? {
        let lists = ["initContainers", "containers"].flatMap { self["spec"]?[$0]?.array ?? [] }
        return lists.first { $0["name"]?.string == name }
    }

    /// An annotation of a pod.
    func annotation(_ key: String) -> String? {
        self["metadata"]?["annotations"]?[key]?.string
    }
}
