import Fixtures
import JSON

/// Makes pods of every shape that the API server might hand over, and of some that it would not.
struct RandomPod {
    private var random: SplitMix64

    /// A pod with the annotations.
    static func next(_ annotations: [(key: String, value: String)], _ random: inout SplitMix64) -> JSONValue {
        var pod = RandomPod(random: random)
        let value = pod.pod(annotations)
        random = pod.random
        return value
    }

    private mutating func pod(_ annotations: [(key: String, value: String)]) -> JSONValue {
        var object = JSONObject()
        for annotation in annotations { object[annotation.key] = .string(annotation.value) }
        if chance(5) { object["team.example.org/own"] = "x" }
        if chance(20) {
            object["cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"] = pick(["", "own", "own, x"])
        }
        if chance(20) { object["kubectl.kubernetes.io/default-container"] = pick(["app", "second", "none"]) }
        if chance(60) { object["pillion.dev/odd"] = pick([1, nil, [], [:]]) }
        var metadata: JSONObject = ["annotations": .object(object)]
        if chance(2) { metadata["name"] = "web-1" }
        if chance(2) { metadata["generateName"] = "web-" }
        if chance(2) { metadata["labels"] = pick([nil, [:], ["app": "web", "a/b~c": "d"]]) }
        if chance(4) { metadata["finalizers"] = ["x"] }
        var pod: JSONObject = [
            "apiVersion": "v1", "kind": "Pod", "metadata": .object(metadata), "spec": .object(spec()),
        ]
        if chance(4) { pod["status"] = [:] }
        if chance(8) { pod["unknown/~field"] = ["kept": [1, nil, "x"]] }
        return .object(pod)
    }

    private mutating func spec() -> JSONObject {
        var containers = [container("app")]
        if chance(3) { containers.append(container("second")) }
        if chance(20) {
            containers.append(container(pick(["istio-proxy", "every", "log-shipper", "proxy"])?.string ?? "x"))
        }
        var spec: JSONObject = [:]
        if chance(2) { spec["initContainers"] = pick([nil, [], .array(initContainers())]) }
        spec["containers"] = .array(containers)
        if chance(2) {
            spec["volumes"] = pick([nil, [], [["name": "own", "emptyDir": [:]]], [["name": "every-data"]]])
        }
        if chance(3) { spec["imagePullSecrets"] = pick([nil, [], [["name": "own"]], [[:]]]) }
        if chance(5) { spec["serviceAccountName"] = pick(["web", ""]) }
        if chance(5) {
            spec["securityContext"] = pick([nil, [:], ["runAsUser": 1000, "runAsGroup": 0], ["fsGroup": 7]])
        }
        if chance(25) { spec["hostNetwork"] = pick([true, false, nil]) }
        if chance(40) { spec["os"] = ["name": pick(["windows", "linux"]) ?? nil] }
        if chance(8) { spec["restartPolicy"] = pick(["Never", "OnFailure", "Always"]) }
        if chance(25) { spec["resources"] = pick([nil, ["requests": ["cpu": "4", "memory": "64Gi"]]]) }
        if chance(20) { spec["ephemeralContainers"] = pick([nil, [], [["name": "debug"]]]) }
        if chance(5) { spec["tolerations"] = [["key": "a~/b", "operator": "Exists"]] }
        return spec
    }

    private mutating func initContainers() -> [JSONValue] {
        let own: [JSONValue] = [
            ["name": "migrate", "image": "m:1"], ["name": "istio-init", "image": "i:1"], ["name": "own", "env": nil],
            ["name": "istio-proxy", "restartPolicy": "Always", "ports": [["containerPort": 15090]]],
            ["name": "linkerd-proxy", "restartPolicy": "Always"],
        ]
        return Array(own.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
    }

    private mutating func container(_ name: String) -> JSONValue {
        var container: JSONObject = ["name": .string(name), "image": "registry.example/app:1"]
        if chance(2) {
            container["ports"] = pick([
                nil, [], [["containerPort": 8080]], [["containerPort": 15106], ["containerPort": 1]],
            ])
        }
        if chance(2) {
            container["env"] = pick([
                nil, [], [["name": "A", "value": "$(EVERY) $(LOG_PATH)"]], [["name": "EVERY", "value": "own"]],
                [
                    ["name": "B", "valueFrom": ["fieldRef": ["fieldPath": "metadata.name"]]],
                    ["name": "A", "value": "$$(EVERY)"],
                ],
            ])
        }
        if chance(2) {
            container["volumeMounts"] = pick([
                nil, [], [["name": "own", "mountPath": "/own"]], [["name": "own", "mountPath": "/data/"]],
                [["name": "own"]],
            ])
        }
        if chance(3) {
            let amounts: JSONValue = ["cpu": "1", "memory": "1Gi"]
            container["resources"] = pick([nil, [:], ["limits": amounts], ["requests": amounts, "limits": amounts]])
        }
        if chance(4) {
            container["securityContext"] = pick([nil, ["runAsUser": 0], ["runAsUser": 2000, "runAsGroup": 3000]])
        }
        if chance(4) { container["x-unknown"] = ["kept": true] }
        return .object(container)
    }

    private mutating func chance(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &random) == 0
    }

    private mutating func pick(_ values: [JSONValue]) -> JSONValue? {
        values.randomElement(using: &random)
    }
}
