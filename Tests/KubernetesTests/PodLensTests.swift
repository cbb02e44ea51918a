import JSON
import Kubernetes
import Testing

@Suite("PodLens")
struct PodLensTests {
    private static let pod = PodLens([
        "metadata": ["labels": ["app": "shop"]],
        "spec": [
            "initContainers": [["name": "setup"], 7, ["name": "proxy", "restartPolicy": "Always"]],
            "containers": [["name": "app", "restartPolicy": "Always"]],
            "ephemeralContainers": [["name": "debug"], nil],
        ],
    ])

    @Test("containers come list by list, each with its place")
    func containers() {
        #expect(Self.pod.containers.map(\.name) == ["setup", "proxy", "app", "debug"])
        #expect(
            Self.pod.containers.map(\.pointer.description) == [
                "/spec/initContainers/0", "/spec/initContainers/2", "/spec/containers/0", "/spec/ephemeralContainers/0",
            ]
        )
        #expect(Self.pod.containers(in: .containers).map(\.name) == ["app"])
    }

    @Test("a native sidecar is an init container that is always restarted")
    func sidecars() {
        #expect(Self.pod.containers.filter(\.isNativeSidecar).map(\.name) == ["proxy"])
        #expect(Self.pod.containers.filter(\.runsToCompletion).map(\.name) == ["setup"])
    }

    @Test(
        "wrong types read as absent",
        arguments: [
            nil, 1, [], [:], ["spec": []], ["spec": ["containers": "x", "initContainers": 1], "metadata": "y"],
        ] as [JSONValue]
    )
    func wrongTypes(_ json: JSONValue) {
        let pod = PodLens(json)
        #expect(Array(pod.containers).isEmpty)
        #expect(pod.labels == nil)
        #expect(pod.annotations == nil)
        #expect(pod.volumes.isEmpty)
        #expect(!pod.isWindows && !pod.usesHostNetwork && !pod.hasUserNamespace)
    }
}
