import JSON
import Kubernetes
import Testing

@Suite("PodResources")
struct PodResourcesTests {
    /// A container that requests some CPU.
    private static func container(_ cpu: String, restarts: Bool = false) -> JSONValue {
        var json: JSONObject = ["resources": ["requests": ["cpu": .string(cpu)], "limits": ["cpu": .string(cpu)]]]
        json["restartPolicy"] = restarts ? "Always" : nil
        return .object(json)
    }

    private static func sidecar(_ cpu: String) -> JSONValue { container(cpu, restarts: true) }

    private static func resources(_ spec: JSONObject) -> PodResources {
        PodResources(PodLens(spec: spec))
    }

    @Test(
        "a pod needs the most that it uses at any one time",
        arguments: [
            ([], ["1", "2"], "3"),
            ([container("5")], ["1", "2"], "5"),
            ([container("2"), container("1")], ["1"], "2"),
            ([sidecar("1")], ["2"], "3"),
            // The sidecar runs beside the init container after it, not beside the one before it.
            ([sidecar("1"), container("5")], ["2"], "6"),
            ([container("5"), sidecar("1")], ["2"], "5"),
            ([sidecar("1"), container("5"), sidecar("2")], ["2"], "6"),
            ([sidecar("1"), container("5"), sidecar("2"), container("6")], ["2"], "9"),
            ([sidecar("1"), sidecar("2"), sidecar("3")], [], "6"),
            ([container("3"), sidecar("500m"), container("2600m")], ["2", "400m"], "3100m"),
            ([], [], nil),
        ] as [([JSONValue], [String], String?)]
    )
    func formula(_ initContainers: [JSONValue], _ containers: [String], _ expected: String?) {
        let resources = Self.resources([
            "initContainers": .array(initContainers), "containers": .array(containers.map { Self.container($0) }),
        ])
        #expect(resources.requests["cpu"]?.description == expected)
        #expect(resources.limits["cpu"]?.description == expected)
    }

    @Test("each resource is computed for itself")
    func everyResource() {
        let resources = Self.resources([
            "initContainers": [["resources": ["requests": ["memory": "1Gi", "example.com/gpu": "2"]]]],
            "containers": [
                ["resources": ["requests": ["cpu": "100m", "memory": "64Mi"], "limits": ["memory": "128Mi"]]],
                ["resources": ["requests": ["cpu": "150m", "memory": "64Mi"], "limits": ["example.com/gpu": 1]]],
            ],
        ])
        #expect(resources.requests.names == ["cpu", "example.com/gpu", "memory"])
        #expect(resources.requests["cpu"]?.description == "250m")
        #expect(resources.requests["memory"]?.description == "1Gi")
        #expect(resources.requests["example.com/gpu"]?.description == "2")
        #expect(resources.limits["memory"]?.description == "128Mi")
        #expect(resources.limits["cpu"] == nil)
    }

    @Test("a limit without a request is a request too, and zero is a request")
    func defaults() {
        let resources = Self.resources([
            "containers": [
                ["resources": ["limits": ["cpu": "2", "memory": "1Gi"]]],
                ["resources": ["limits": ["cpu": "2"], "requests": ["cpu": "0"]]],
            ]
        ])
        #expect(resources.requests["cpu"]?.description == "2")
        #expect(resources.requests["memory"]?.description == "1Gi")
    }

    @Test("overhead is added to requests, and to limits that there are")
    func overhead() {
        let spec: JSONObject = [
            "overhead": ["cpu": "250m", "memory": "120Mi"],
            "containers": [["resources": ["requests": ["cpu": "1"], "limits": ["cpu": "2"]]]],
        ]
        let resources = PodResources(PodLens(spec: spec))
        #expect(resources.requests["cpu"]?.description == "1250m")
        #expect(resources.requests["memory"]?.description == "120Mi")
        #expect(resources.limits["cpu"]?.description == "2250m")
        #expect(resources.limits["memory"] == nil)
        #expect(PodResources(PodLens(spec: spec), includesOverhead: false).requests["memory"] == nil)
    }

    @Test(
        "the pod's own resources count instead of its containers'",
        arguments: [
            (["requests": ["cpu": "1"]], "1", "1"),
            (["requests": ["cpu": "3"]], "3", "1"),
            (["limits": ["cpu": "4"]], "500m", "4"),
            (["requests": ["cpu": "1"], "limits": ["cpu": "4"]], "1", "4"),
            ([:], "500m", "1"),
            (["requests": [:], "limits": [:]], "500m", "1"),
            (["requests": ["example.com/gpu": "1"]], "500m", "1"),
        ] as [(JSONValue, String, String)]
    )
    func podLevel(_ podLevel: JSONValue, _ request: String, _ limit: String) {
        let resources = Self.resources([
            "resources": podLevel,
            "containers": [["resources": ["requests": ["cpu": "500m"], "limits": ["cpu": "1"]]], ["name": "other"]],
        ])
        #expect(resources.requests["cpu"]?.description == request)
        #expect(resources.limits["cpu"]?.description == limit)
        #expect(resources.requests["example.com/gpu"] == nil)
    }

    @Test("the pod's limit is its request where no container has one, and always for huge pages")
    func podLevelDefaults() {
        let resources = Self.resources([
            "resources": ["limits": ["memory": "1Gi", "hugepages-2Mi": "8Mi"]],
            "containers": [["resources": ["requests": ["cpu": "500m", "hugepages-2Mi": "4Mi"]]]],
        ])
        #expect(resources.requests["memory"]?.description == "1Gi")
        #expect(resources.requests["hugepages-2Mi"]?.description == "8Mi")
        #expect(resources.requests["cpu"]?.description == "500m")
    }

    @Test("what the containers need is computed without the pod's own resources and overhead")
    func containers() {
        let pod = PodLens(spec: [
            "resources": ["requests": ["cpu": "9"]], "overhead": ["cpu": "1"], "containers": [Self.container("2")],
        ])
        #expect(PodResources(containersOf: pod).requests["cpu"]?.description == "2")
    }

    @Test("ephemeral containers, wrong types, negative and malformed quantities do not count")
    func hostile() {
        let resources = Self.resources([
            "initContainers": "x", "ephemeralContainers": [Self.container("7")], "overhead": [1],
            "resources": ["requests": "all", "limits": 3],
            "containers": [
                nil, 1, ["resources": 1], ["resources": ["requests": []]],
                ["resources": ["requests": ["cpu": "-5", "memory": "much", "x": nil, "y": true]]], Self.container("1"),
            ],
        ])
        #expect(resources.requests.quantities == ["cpu": Quantity(nanos: 1_000_000_000)])
    }

    @Test("sums of the largest quantities saturate")
    func saturates() {
        let huge = Self.container("9223372036854775807")
        let resources = Self.resources(["containers": .array(Array(repeating: huge, count: 64))])
        #expect(resources.requests["cpu"]?.milliValue == .max)
    }
}
