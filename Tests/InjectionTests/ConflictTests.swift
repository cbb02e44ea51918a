import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("PodInjector: conflicts")
struct ConflictTests {
    private func code(_ pod: JSONValue) throws -> ReasonCode {
        try PodInjector(catalog: try TestCatalog.small()).decide(pod).decision.reason.code
    }

    @Test(
        "a container of the same name, in any list, is the user's own",
        arguments: ["initContainers", "containers", "ephemeralContainers"]
    )
    func containerName(_ list: String) throws {
        var containers: [JSONValue] = list == "containers" ? [["name": "app", "image": "a"]] : []
        containers.append(["name": "proxy", "image": "mine"])
        let pod = TestPod.asking("logs, proxy", ["proxy.pillion.dev/port": "80"], spec: [list: .array(containers)])
        #expect(try code(pod) == .containerConflict)
    }

    @Test("a volume of the same name with another source is a conflict")
    func volume() throws {
        #expect(
            try code(TestPod.asking("logs", spec: ["volumes": [["name": "logs-logs", "hostPath": ["path": "/"]]]]))
                == .volumeConflict
        )
    }

    @Test(
        "a mount at the same place is a conflict, however the path is spelled",
        arguments: ["/var/log/app", "/var/log/app/", "/var//log/./app"]
    )
    func mount(_ path: String) throws {
        let app: JSONObject = ["volumeMounts": [["name": "mine", "mountPath": .string(path)]]]
        #expect(try code(TestPod.asking("logs", app: app)) == .mountConflict)
    }

    @Test(
        "a path that a pod chooses cannot take the place of the sidecar's files, or of what keeps the token out",
        arguments: ["/etc/logs", "//etc/./logs/", "/var/run/secrets/kubernetes.io/serviceaccount"]
    )
    func ownMounts(_ path: String) throws {
        #expect(try code(TestPod.asking("logs", ["logs.pillion.dev/path": path])) == .mountConflict)
    }

    @Test("a variable with another value is a conflict, with the same value it is none")
    func environment() throws {
        #expect(
            try code(TestPod.asking("logs", app: ["env": [["name": "LOG_PATH", "value": "/else"]]]))
                == .environmentConflict
        )
        #expect(
            try code(TestPod.asking("logs", app: ["env": [["name": "LOG_PATH", "value": "/var/log/app"]]])) == .injected
        )
    }

    @Test("a port in the shared network is a conflict, of native sidecars too, but not over another transport")
    func port() throws {
        let port: JSONValue = [["containerPort": 15106]]
        #expect(try code(TestPod.asking("proxy", app: ["ports": port])) == .portConflict)
        let native: JSONValue = [["name": "n", "image": "n", "restartPolicy": "Always", "ports": port]]
        #expect(try code(TestPod.asking("proxy", spec: ["initContainers": native])) == .portConflict)
        let datagrams: JSONValue = [["containerPort": 15106, "protocol": "UDP"], ["containerPort": 1]]
        #expect(try code(TestPod.asking("proxy", app: ["ports": datagrams])) == .injected)
    }

    @Test("a port of the node is a conflict on the same address, and on all of them")
    func hostPort() throws {
        let catalog = try TestCatalog.yaml(
            """
            apiVersion: pillion.dev/v1
            kind: Catalog
            metadata: {name: small}
            spec: {phases: [network]}
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: edge}
            spec:
              podSecurityException: {reason: the node's port is the point}
              phase: network
              versions:
                1.0.0:
                  container:
                    image: registry.example/edge:1.0.0
                    ports: [{containerPort: 15200, hostPort: 8443, hostIP: 10.0.0.1}]
            """
        )
        func decide(_ address: String?) throws -> ReasonCode {
            var port: JSONObject = ["containerPort": 1, "hostPort": 8443]
            if let address { port["hostIP"] = .string(address) }
            let pod = TestPod.asking("edge", app: ["ports": [.object(port)]])
            return try PodInjector(catalog: catalog).decide(pod).decision.reason.code
        }
        #expect(try decide("10.0.0.1") == .portConflict)
        #expect(try decide(nil) == .portConflict)
        #expect(try decide("10.0.0.2") == .injected)
    }

    @Test("a file that the pod brings along with other content is refused")
    func file() throws {
        #expect(try code(TestPod.asking("logs", ["pillion.dev/file.logs.0": "evil"])) == .fileConflict)
        #expect(try code(TestPod.asking("logs", ["pillion.dev/file.logs.0": "path: /var/log/app\n"])) == .injected)
    }

    @Test("annotations over 256 KiB are refused before the API server does")
    func annotationSize() throws {
        let text = String(repeating: "x", count: 262_000)
        #expect(try code(TestPod.asking("logs", ["big": text])) == .annotationsTooLarge)
    }

    @Test("a missing port is named with what to do")
    func missingPort() throws {
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(
            TestPod.asking("proxy", app: ["ports": []])
        )
        #expect(outcome.decision.reason.code == .missingParameter)
        #expect(outcome.decision.reason.message.contains("proxy.pillion.dev/port"))
    }

    @Test("the pod's own resources must leave room for the sidecars")
    func podResources() throws {
        let catalog = try TestCatalog.yaml(
            """
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: s}
            spec:
              phase: network
              versions: {1.0.0: {container: {image: "i:1", resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}}}}
            """
        )
        func code(_ resources: JSONValue) throws -> ReasonCode {
            let app: JSONObject = ["resources": ["requests": ["cpu": "900m"]]]
            return try PodInjector(catalog: catalog).decide(
                TestPod.asking("s", app: app, spec: ["resources": resources])
            ).decision.reason.code
        }
        #expect(try code(["requests": ["cpu": "1"]]) == .injected)
        #expect(try code(["requests": ["cpu": "0.999"]]) == .podResourcesTooSmall)
        #expect(try code(["limits": ["memory": "63Mi"]]) == .podResourcesTooSmall)
    }
}
