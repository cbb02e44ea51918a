import JSON
import ManifestFixtures

/// Makes workloads of every kind, whose parts are there, empty, `null` or absent; the same seed makes the same.
struct RandomWorkload {
    /// The workload.
    let tree: JSONObject

    init(seed: UInt64) {
        var random = RandomTree(seed: seed ^ 0x5EED)
        let pod = Self.pod(&random)
        var tree: JSONObject = ["metadata": ["name": "shop"]]
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            tree = pod
            tree["apiVersion"] = "v1"
            tree["kind"] = "Pod"
        case 1:
            tree["spec"] = ["schedule": "* * * * *", "jobTemplate": ["spec": ["template": .object(pod)]]]
            tree["apiVersion"] = "batch/v1"
            tree["kind"] = "CronJob"
        default:
            tree["apiVersion"] = "apps/v1"
            tree["kind"] = ["Deployment", "StatefulSet", "DaemonSet"].randomElement(using: &random) ?? "Deployment"
            tree["spec"] = ["replicas": 2, "template": .object(pod), "paused": nil]
        }
        self.tree = tree
    }

    private static func pod(_ random: inout RandomTree) -> JSONObject {
        var metadata = JSONObject()
        var note: JSONObject = [:]
        note["team"] = "shop"
        if random.next() % 2 == 0 { note["notes"] = "one\ntwo\n" }
        metadata["labels"] = part(["app": "shop"], empty: [:], &random)
        metadata["annotations"] = part(.object(note), empty: [:], &random)
        var spec = JSONObject()
        if random.next() % 3 == 0 { spec["extra"] = RandomManifest.value(depth: 2, &random) }
        spec["initContainers"] = part([["name": "migrate", "args": ["up"]]], empty: [], &random)
        let count = Int.random(in: 1...3, using: &random)
        spec["containers"] = .array((0..<count).map { .object(container("app-\($0)", &random)) })
        spec["volumes"] = part(
            [["name": "cache", "emptyDir": [:]], ["emptyDir": nil, "name": "b"]],
            empty: [],
            &random
        )
        spec["imagePullSecrets"] = part([["name": "registry"]], empty: [], &random)
        var pod: JSONObject = ["spec": .object(spec)]
        if random.next() % 8 != 0 { pod["metadata"] = .object(metadata) }
        return pod
    }

    private static func container(_ name: String, _ random: inout RandomTree) -> JSONObject {
        var container: JSONObject = ["image": "registry.example/app:1"]
        if random.next() % 2 == 0 { container["env"] = part([["name": "A", "value": "y"]], empty: [], &random) }
        container["name"] = .string(name)
        let mount: JSONValue = ["mountPath": "/cache", "name": "cache"]
        container["volumeMounts"] = part([mount], empty: [], &random)
        if random.next() % 3 == 0 { container["args"] = ["one\ntwo\n", "b: c", ""] }
        return container
    }

    /// The value, an empty one, `null` or nothing.
    private static func part(_ value: JSONValue, empty: JSONValue, _ random: inout RandomTree) -> JSONValue? {
        switch random.next() % 6 {
        case 0: empty
        case 1: .null
        case 2: nil
        default: value
        }
    }
}
