import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("The catalog's policy in the patch")
struct PolicyEffectTests {
    private func decide(_ policy: String, _ pod: JSONValue) throws -> InjectionOutcome {
        try PodInjector(catalog: try TestCatalog.policy([policy])).decide(pod)
    }

    @Test("a rewritten image is pulled from elsewhere, whoever named it")
    func rewrite() throws {
        let policy = "images: {allowed: [\"registry.example/*\"], rewrite: {registry.example/: mirror.example/hub/}}"
        let parameter = ["proxy.pillion.dev/image": "registry.example/other:2.0.0"]
        let outcome = try decide(policy, TestPod.asking("logs, proxy", parameter))
        #expect(outcome.pod.container("logs")?["image"] == "mirror.example/hub/a:1.0.0")
        #expect(outcome.pod.container("proxy")?["image"] == "mirror.example/hub/other:2.0.0")
        #expect(outcome.pod.container("app")?["image"] == "registry.example/app:1")
        let second = try PodInjector(catalog: try TestCatalog.policy([policy])).decide(outcome.pod)
        #expect(second.decision.reason.code == .alreadyInjected)
    }

    @Test("in a Guaranteed pod requests become limits, and nothing of the application changes")
    func guaranteed() throws {
        let resources: JSONValue = ["requests": ["cpu": 1, "memory": "1Gi"], "limits": ["cpu": 1, "memory": "1Gi"]]
        let outcome = try decide("", TestPod.asking("logs", app: ["resources": resources]))
        let expected: JSONValue = ["cpu": "100m", "memory": "64Mi"]
        #expect(outcome.pod.container("logs")?["resources"] == ["requests": expected, "limits": expected])
        #expect(outcome.pod.container("app")?["resources"] == resources)
        let burstable = try decide("", TestPod.asking("logs"))
        #expect(burstable.pod.container("logs")?["resources"] == ["requests": expected])
    }

    @Test("a pod that is alike but not Guaranteed does not get what was rendered for one that is")
    func remembered() throws {
        let injector = PodInjector(catalog: try TestCatalog.policy())
        let resources: JSONValue = ["limits": ["cpu": 1, "memory": "1Gi"]]
        let guaranteed = try injector.decide(TestPod.asking("logs", app: ["resources": resources]))
        let other = try injector.decide(TestPod.asking("logs"))
        #expect(guaranteed.pod.container("logs")?["resources"]?["limits"] != nil)
        #expect(other.pod.container("logs")?["resources"]?["limits"] == nil)
    }

    @Test("an outcome names the rule that added a sidecar")
    func rule() throws {
        let outcome = try decide("rules: {all: {inject: [logs]}}", TestPod.asking("proxy"))
        #expect(outcome.injected.map(\.rule) == ["all", nil])
    }

    @Test("a conflict with what a default rule adds says how to do without")
    func advice() throws {
        let pod = TestPod.pod(spec: ["initContainers": [["name": "logs", "image": "mine"]]])
        let reason = try decide("rules: {all: {inject: [logs]}}", pod).decision.reason
        #expect(reason.code == .containerConflict)
        #expect(reason.message.contains("pillion.dev/exclude: logs"))
    }

    @Test("a required sidecar is denied where its image is nobody's, and comes back where it is the catalog's")
    func requiredPresent() throws {
        let injector = PodInjector(catalog: try TestCatalog.policy(["rules: {all: {inject: [logs], mode: required}}"]))
        let pod = try injector.decide(TestPod.pod()).pod
        #expect(try injector.decide(pod).decision.reason.code == .alreadyInjected)
        let image = JSONPointer(["spec", "initContainers", "0", "image"])
        let foreign = try JSONPatch([.add(path: image, value: "evil.example/a:1")]).applied(to: pod)
        #expect(try injector.decide(foreign).decision.name == "deny")
        let more = JSONPointer(["metadata", "annotations", "pillion.dev/inject"])
        let asking = try JSONPatch([.add(path: more, value: "proxy")]).applied(to: foreign)
        #expect(try injector.decide(asking).decision.reason.code == .requiredUnknownVersion)
        let args = JSONPointer(["spec", "initContainers", "0", "args"])
        let outdated = try JSONPatch([.add(path: args, value: ["x"])]).applied(to: pod)
        #expect(try injector.decide(outdated).decision.name == "skip")
    }

    @Test("what a pod does without does not keep it from coming back")
    func dropped() throws {
        let pod = try decide("rules: {all: {inject: [agent]}}", TestPod.asking("logs")).pod
        let wish = JSONPointer(["metadata", "annotations", "logs.pillion.dev/gone"])
        let old = try JSONPatch([.add(path: wish, value: "x")]).applied(to: pod)
        let outcome = try decide("rules: {all: {inject: [agent]}}", old)
        #expect(outcome.decision.reason.code == .alreadyInjected)
        let soft = try decide("unknown: warn", TestPod.asking("logs, lgos")).pod
        #expect(try decide("unknown: warn", soft).decision.reason.code == .alreadyInjected)
    }

    @Test("a pod whose sidecars are there is not denied by a policy that came later")
    func later() throws {
        let pod = try decide("", TestPod.asking("logs, proxy")).pod
        for policy in ["sidecarsPerPod: {denyAbove: 1}", "resources: {perPod: {cpu: 1m}}"] {
            #expect(try decide(policy, pod).decision.name == "skip")
        }
    }
}
