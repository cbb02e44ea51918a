import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("PodInjector: the patch")
struct PatchTests {
    @Test("native sidecars stand ahead of the pod's init containers, in start order, with their setup")
    func order() throws {
        let pod = TestPod.asking("logs, proxy", spec: ["initContainers": [["name": "migrate", "image": "m"]]])
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(pod)
        #expect(outcome.pod.names("initContainers") == ["proxy-route", "proxy", "logs", "migrate"])
        #expect(outcome.pod.container("proxy")?["restartPolicy"] == "Always")
        #expect(outcome.pod.container("proxy-route")?["restartPolicy"] == nil)
        #expect(outcome.pod.names("containers") == ["app"])
    }

    @Test("containers of a mesh keep their place and ours follow them")
    func mesh() throws {
        let istio: JSONValue = [
            ["name": "istio-validation", "image": "i"],
            ["name": "istio-proxy", "image": "i", "restartPolicy": "Always"],
            ["name": "migrate", "image": "m"],
        ]
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(
            TestPod.asking("logs", spec: ["initContainers": istio])
        )
        #expect(outcome.pod.names("initContainers") == ["istio-validation", "istio-proxy", "logs", "migrate"])
    }

    @Test("only add operations are used, and no parent is created twice")
    func operations() throws {
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("web"))
        let operations = outcome.decision.patch.operations
        let isAdd = operations.allSatisfy { if case .add = $0 { true } else { false } }
        #expect(isAdd)
        let paths =
            outcome.decision.patch.json.array?.compactMap { $0["path"]?.string }.filter { !$0.hasSuffix("/-") } ?? []
        #expect(Set(paths).count == paths.count)
    }

    @Test("missing and null parents are created, present ones are kept", arguments: [nil, JSONValue.null, []])
    func parents(_ value: JSONValue?) throws {
        let app: JSONObject = value.map { ["volumeMounts": $0, "env": $0] } ?? [:]
        let spec: JSONObject = value.map { ["volumes": $0, "initContainers": $0] } ?? [:]
        let pod = TestPod.asking("web", app: app, spec: spec)
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(pod)
        #expect(outcome.decision.name == "inject")
        #expect(outcome.pod.names("initContainers").count == 3)
        #expect(outcome.pod.container("app")?["env"]?.array?.count == 1)
        #expect(outcome.pod["spec"]?["volumes"]?.array?.count == 4)
    }

    @Test("what the user wrote is still there, unknown fields included")
    func untouched() throws {
        let app: JSONObject = [
            "command": ["a"], "x-unknown": ["deep": [hugeNumber, "1.0"]],
            "volumeMounts": [["name": "d", "mountPath": "/d"]],
            "env": [["name": "A", "value": ""]],
        ]
        let pod = TestPod.asking(
            "web",
            app: app,
            spec: ["volumes": [["name": "d", "emptyDir": [:]]], "futureField": 9_007_199_254_740_993]
        )
        let patched = try PodInjector(catalog: try TestCatalog.small()).decide(pod).pod
        #expect(patched["spec"]?["futureField"] == 9_007_199_254_740_993)
        #expect(patched.container("app")?["x-unknown"] == app["x-unknown"])
        #expect(patched.container("app")?["volumeMounts"]?[0] == ["name": "d", "mountPath": "/d"])
        #expect(patched.container("app")?["env"]?[0] == ["name": "A", "value": ""])
    }

    @Test("volumes carry the sidecar's name, files come from annotations, the token is kept out")
    func volumes() throws {
        let patched = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs")).pod
        let names = patched["spec"]?["volumes"]?.array?.compactMap { $0["name"]?.string }
        #expect(names == ["logs-logs", "logs-files", "logs-no-token"])
        #expect(patched.annotation("pillion.dev/file.logs.0") == "path: /var/log/app\n")
        let items = patched["spec"]?["volumes"]?[1]?["downwardAPI"]?["items"]
        #expect(
            items == [
                ["path": "logs.yaml", "fieldRef": ["fieldPath": "metadata.annotations['pillion.dev/file.logs.0']"]]
            ]
        )
        let paths = patched.container("logs")?["volumeMounts"]?.array?.compactMap { $0["mountPath"]?.string }
        #expect(paths == ["/var/log/app", "/etc/logs", "/var/run/secrets/kubernetes.io/serviceaccount"])
    }

    @Test("variables go first where the application's own refer to them")
    func environment() throws {
        let app: JSONObject = ["env": [["name": "FILE", "value": "$(LOG_PATH)/x"]]]
        let patched = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs", app: app)).pod
        #expect(patched.container("app")?["env"]?[0]?["name"] == "LOG_PATH")
    }

    @Test("our empty directories do not keep a node from being removed, and the pod's own list is extended")
    func safeToEvict() throws {
        let key = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"
        let injector = PodInjector(catalog: try TestCatalog.small())
        #expect(try injector.decide(TestPod.asking("logs")).pod.annotation(key) == "logs-logs,logs-no-token")
        let outcome = try injector.decide(TestPod.asking("logs", [key: "mine"]))
        #expect(outcome.pod.annotation(key) == "mine,logs-logs,logs-no-token")
        #expect(outcome.pod.annotation("pillion.dev/status")?.contains("\"previous\":{\"\(key)\":\"mine\"}") == true)
    }

    @Test("the containers that the pod names receive mounts and environment, init containers too")
    func namedContainers() throws {
        let spec: JSONObject = ["initContainers": [["name": "migrate", "image": "m"]]]
        let pod = TestPod.asking("logs", ["pillion.dev/containers": "migrate, app"], spec: spec)
        let patched = try PodInjector(catalog: try TestCatalog.small()).decide(pod).pod
        #expect(patched.container("migrate")?["volumeMounts"]?[0]?["name"] == "logs-logs")
        #expect(patched.container("app")?["volumeMounts"]?[0]?["name"] == "logs-logs")
    }

    @Test("a value that the kubelet would expand has its dollars doubled, and stays as it is in files and paths")
    func dollars() throws {
        let pod = TestPod.asking("logs", ["logs.pillion.dev/path": "/a$(HOSTNAME)"])
        let patched = try PodInjector(catalog: try TestCatalog.small()).decide(pod).pod
        #expect(patched.container("logs")?["args"]?[1] == "--path=/a$$(HOSTNAME)")
        #expect(patched.container("app")?["env"]?[0]?["value"] == "/a$$(HOSTNAME)")
        #expect(patched.annotation("pillion.dev/file.logs.0") == "path: /a$(HOSTNAME)\n")
        #expect(patched.container("logs")?["volumeMounts"]?[0]?["mountPath"] == "/a$(HOSTNAME)")
    }

    @Test(
        "the sidecar runs as the application's user, but never as root",
        arguments: [(nil, 10_000), (0, 10_000), (1234, 1234)]
    )
    func user(_ user: Int?, _ expected: Int) throws {
        let app: JSONObject = user.map { ["securityContext": ["runAsUser": .integer($0)]] } ?? [:]
        let patched = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs", app: app)).pod
        #expect(patched.container("logs")?["securityContext"]?["runAsUser"] == .integer(expected))
    }

    private var hugeNumber: JSONValue { JSONNumber("1e400").map { .number($0) } ?? nil }
}
