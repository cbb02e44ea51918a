import Injection
import JSON
import Kubernetes
import SidecarCatalog
import Testing

@testable import Inspection

@Suite("Explanations")
struct ExplanationTests {
    @Test(
        "the outcome is that of the decision, byte for byte",
        arguments: ["logs", "web", "logs@2.0.0", "nothing", ""]
    )
    func sameDecision(request: String) throws {
        let pod = Sample.asking(request)
        let environment = PodEnvironment(namespace: "shop", date: CalendarDate("2026-01-01"))
        let decided = PodInjector(catalog: try Sample.catalog()).decide(try Pod(json: pod), in: environment)
        let explained = try Sample.explain(pod).outcome
        #expect(explained.patch == decided.patch)
        #expect(explained.decision.reason == decided.decision.reason)
        #expect(explained.warnings == decided.warnings)
    }

    @Test("it says who asks for a sidecar")
    func askers() throws {
        let named = try Sample.explain(Sample.asking("logs"))
        #expect(named.sidecars.map(\.asker) == [.annotation(bundle: nil)])
        let bundle = try Sample.explain(Sample.asking("web"))
        #expect(bundle.sidecars.map(\.asker) == [.annotation(bundle: "web"), .annotation(bundle: "web")])
        let rule = try Sample.explain(Sample.pod(), "rules: {all: {inject: [logs]}}")
        #expect(rule.sidecars.map(\.asker) == [.defaultRule("all", bundle: nil)])
        let required = try Sample.explain(Sample.pod(), "rules: {all: {inject: [logs], mode: required}}")
        #expect(required.sidecars.map(\.asker) == [.requiredRule("all", bundle: nil)])
    }

    @Test("a bundle that a rule names is told")
    func ruleBundle() throws {
        let rule = try Sample.explain(Sample.pod(), "rules: {all: {inject: [web, logs@2]}}")
        #expect(rule.sidecars.map(\.asker) == [.defaultRule("all", bundle: "web"), .defaultRule("all", bundle: nil)])
    }

    @Test(
        "a pod that gets nothing is told what it comes nearest to",
        arguments: [
            ([:], "namespaces: [bank]", "The rule all gives logs in the namespaces bank, not in shop."),
            ([:], "podSelector: {matchLabels: {app: web}}", "to pods whose label app is web; it has none."),
            (["pillion.dev/inject": "false"], "mode: default", "Without the opt-out the rule all gives logs."),
            (["inject": "logs"], "namespaces: [bank]", "The annotation \"inject\" is not read"),
            (
                ["pillion.example.com/inject": "logs"], "namespaces: [bank]",
                "\"pillion.example.com/inject\" is not read"
            ),
            (["pillion.dev.inject": "logs"], "namespaces: [bank]", "names of Pillion begin with pillion.dev/."),
        ] as [([String: String], String, String)]
    )
    func nearMiss(annotations: [String: String], rule: String, hint: String) throws {
        let explanation = try Sample.explain(Sample.pod(annotations), "rules: {all: {inject: [logs], \(rule)}}")
        #expect(explanation.hints.contains { $0.contains(hint) }, "\(explanation.hints)")
    }

    @Test("a pod of an excluded namespace is told that nobody reads what it asks for; one that is injected, nothing")
    func unread() throws {
        let excluded = try Sample.explain(Sample.asking("logs"), "namespaces: {excluded: [shop]}")
        #expect(excluded.hints == ["The pod asks for \"logs\", which is not read there."])
        #expect(try Sample.explain(Sample.asking("logs")).hints.isEmpty)
    }

    @Test(
        "it says what led to a version",
        arguments: [
            ("logs@1.0.0", SidecarExplanation.VersionChoice.exact), ("logs@2", .range("2")),
            ("logs@next", .channel("next")), ("logs", .stable), ("proxy", .highest),
        ]
    )
    func versions(request: String, choice: SidecarExplanation.VersionChoice) throws {
        #expect(try Sample.explain(Sample.asking(request)).sidecars.map(\.choice) == [choice])
    }

    @Test("a rollout is named with its part")
    func rollout() throws {
        let policy = "rollouts: {logs: {to: 2.0.0, percent: 100}}"
        let sidecar = try #require(try Sample.explain(Sample.asking("logs"), policy).sidecars.first)
        #expect(sidecar.choice == .rollout(percent: 100))
        #expect(sidecar.version == "2.0.0")
    }

    @Test("each parameter has its source")
    func parameters() throws {
        let pod = Sample.asking("logs", ["logs.pillion.dev/level": "debug"])
        let sidecar = try #require(try Sample.explain(pod).sidecars.first)
        #expect(sidecar.settings.map(\.source) == [.default, .annotation, .pod])
        #expect(sidecar.settings.map(\.value) == ["/var/log/app", "debug", "8080"])
        #expect(sidecar.requirements.configMaps == ["logs-ca"])
        #expect(sidecar.requirements.secrets == ["logs-debug"])
    }

    @Test("what was added is said, with the order in which containers start and stop")
    func additions() throws {
        let explanation = try Sample.explain(Sample.asking("web"))
        let logs = try #require(explanation.sidecars.last?.additions)
        #expect(logs.initContainers == ["logs"])
        #expect(logs.volumes.contains("logs-logs"))
        #expect(logs.mounts.map(\.container) == ["app"])
        #expect(logs.mounts.map(\.names) == [["/var/log/app"]])
        #expect(logs.environment.map(\.names) == [["LOG_PATH"]])
        #expect(explanation.after.startOrder.map(\.name) == ["proxy", "logs", "app"])
        #expect(explanation.after.stopOrder == [["app"], ["logs"], ["proxy"]])
        #expect(explanation.before.quality == .bestEffort)
        #expect(explanation.after.quality == .burstable)
        #expect(explanation.after.resources.requests["cpu"]?.description == "100m")
    }

    @Test("what stands in the way is at the sidecar it is about, and the others are withheld")
    func blocked() throws {
        let pod = Sample.pod(
            ["pillion.dev/inject": "web"],
            spec: ["initContainers": [["name": "proxy", "image": "mine"]]]
        )
        let explanation = try Sample.explain(pod)
        #expect(explanation.outcome.decision.name == "deny")
        #expect(explanation.sidecars.map(\.state) == [.blocked, .withheld])
        #expect(explanation.sidecars.first?.objections.map(\.code) == [.containerConflict])
        #expect(explanation.problems.isEmpty)
    }

    @Test("a name that nobody knows is a problem of the pod")
    func unknown() throws {
        let explanation = try Sample.explain(Sample.asking("lgos"))
        #expect(explanation.sidecars.map(\.state) == [.unknown])
        #expect(explanation.problems.map(\.code) == [.unknownSidecar])
    }

    @Test("what is in the pod already is present, or outdated")
    func present() throws {
        let injected = try Sample.explain(Sample.asking("logs")).outcome.pod
        #expect(try Sample.explain(injected).sidecars.map(\.state) == [.present])
        let level = JSONPointer(["metadata", "annotations", "logs.pillion.dev/level"])
        let changed = try JSONPatch([.add(path: level, value: "debug")]).applied(to: injected)
        #expect(try Sample.explain(changed).sidecars.map(\.state) == [.outdated])
    }

    @Test("a sidecar of a rule that the policy is against is left out, with the reason")
    func leftOut() throws {
        let pod = Sample.pod(spec: ["os": ["name": "windows"]])
        let explanation = try Sample.explain(pod, "rules: {all: {inject: [logs]}}")
        #expect(explanation.sidecars.map(\.state) == [.leftOut])
        #expect(explanation.sidecars.first?.objections.map(\.code) == [.windowsPod])
    }
}
