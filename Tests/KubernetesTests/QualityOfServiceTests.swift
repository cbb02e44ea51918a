import JSON
import Kubernetes
import Testing

@Suite("QualityOfService")
struct QualityOfServiceTests {
    /// A container with `requests` and `limits` for CPU and memory.
    private static func container(_ requests: JSONValue, _ limits: JSONValue = [:]) -> JSONValue {
        ["resources": ["requests": requests, "limits": limits]]
    }

    private static let full: JSONValue = ["cpu": "700m", "memory": "200Mi"]
    private static let guaranteed = container(full, full)

    @Test(
        "the class follows from CPU and memory of all containers",
        arguments: [
            ([guaranteed], [], .guaranteed),
            ([container([:], full)], [], .guaranteed),
            ([container(["cpu": "0.7", "memory": "209715200"], full)], [], .guaranteed),
            ([guaranteed, guaranteed], [guaranteed], .guaranteed),
            ([guaranteed], [[:]], .burstable),
            ([guaranteed, [:]], [], .burstable),
            ([container(["memory": "100Mi"], ["memory": "200Mi"])], [], .burstable),
            ([container(["cpu": "1"])], [], .burstable),
            ([container([:], ["cpu": "1"])], [], .burstable),
            ([container(["cpu": "0", "memory": "0"], full)], [], .burstable),
            ([[:]], [container(["cpu": "1m"])], .burstable),
            ([[:], ["resources": [:]]], [], .bestEffort),
            ([container(["cpu": "0", "memory": "0"])], [], .bestEffort),
            ([container(["example.com/gpu": "1"], ["ephemeral-storage": "1Gi"])], [], .bestEffort),
            ([], [], .bestEffort),
        ] as [([JSONValue], [JSONValue], QualityOfService)]
    )
    func classes(_ containers: [JSONValue], _ initContainers: [JSONValue], _ expected: QualityOfService) {
        let pod = PodLens(spec: ["containers": .array(containers), "initContainers": .array(initContainers)])
        #expect(QualityOfService(pod) == expected)
    }

    @Test(
        "the pod's own resources decide where there are any",
        arguments: [
            (["requests": full, "limits": full], [:], .guaranteed),
            (["limits": full], [:], .guaranteed),
            (["limits": full], ["cpu": "100m"], .burstable),
            (["requests": full], [:], .burstable),
            (["limits": ["cpu": "1"]], [:], .burstable),
            (["requests": ["cpu": "100m"], "limits": full], [:], .burstable),
            ([:], [:], .bestEffort),
            (["limits": ["example.com/gpu": "1"]], ["cpu": "100m"], .burstable),
        ] as [(JSONValue, JSONValue, QualityOfService)]
    )
    func podLevel(_ podLevel: JSONValue, _ requests: JSONValue, _ expected: QualityOfService) {
        let pod = PodLens(spec: ["resources": podLevel, "containers": [Self.container(requests)]])
        #expect(QualityOfService(pod) == expected)
    }

    @Test("ephemeral containers and wrong types do not count")
    func hostile() {
        let pod = PodLens(spec: [
            "containers": [1, nil, ["resources": ["requests": 5, "limits": ["cpu": []]]]], "initContainers": [:],
            "ephemeralContainers": [Self.guaranteed], "resources": [],
        ])
        #expect(QualityOfService(pod) == .bestEffort)
        #expect(QualityOfService(PodLens("pod")) == .bestEffort)
    }
}
