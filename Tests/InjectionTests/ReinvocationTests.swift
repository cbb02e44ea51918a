import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("PodInjector: the second pass")
struct ReinvocationTests {
    private let request = ["logs.pillion.dev/level": "debug"]

    @Test("a pod that has been injected gets no second patch, with and without the API server's defaults")
    func secondPass() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let first = try injector.decide(TestPod.asking("web", request))
        #expect(first.decision.name == "inject")
        for pod in [first.pod, APIServerDefaults.applied(to: first.pod)] {
            let second = try injector.decide(pod)
            #expect(second.decision.reason.code == .alreadyInjected)
            #expect(second.decision.patch.operations.isEmpty && second.warnings.isEmpty)
        }
    }

    @Test("a restart policy that another webhook removed is put back, and nothing else is done")
    func repair() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let first = try injector.decide(TestPod.asking("web")).pod
        let strip = JSONPatch([.remove(path: JSONPointer(["spec", "initContainers", "2", "restartPolicy"]))])
        let outcome = try injector.decide(try strip.applied(to: first))
        #expect(outcome.decision.reason.code == .repaired)
        #expect(outcome.warnings.map(\.code) == [.restartPolicyRemoved])
        #expect(outcome.pod == first)
    }

    @Test("a pod injected as another version comes back, with a warning")
    func outdated() throws {
        let first = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs@1")).pod
        let wish = JSONPatch([
            .add(path: JSONPointer(["metadata", "annotations", "pillion.dev/inject"]), value: "logs@2")
        ])
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(try wish.applied(to: first))
        #expect(outcome.decision.reason.code == .alreadyInjectedOutdated)
        #expect(outcome.decision.name == "skip")
        #expect(outcome.warnings.map(\.code) == [.outdated])
    }

    @Test(
        "nothing can deny a pod that has its sidecars: not a removed version, sidecar or parameter, not the host's network"
    )
    func evicted() throws {
        let first = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs", request)).pod
        let other = PodInjector(
            catalog: try TestCatalog.yaml(
                """
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: other}
                spec: {phase: network, versions: {1.0.0: {container: {image: "i:1"}}}}
                """
            )
        )
        #expect(try other.decide(first).decision.reason.code == .alreadyInjectedUnknownVersion)
        let host = JSONPatch([.add(path: JSONPointer(["spec", "hostNetwork"]), value: true)])
        #expect(
            try PodInjector(catalog: try TestCatalog.small()).decide(host.applied(to: first)).decision.name == "skip"
        )
    }

    @Test("a copied status without the containers is not believed")
    func forged() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let status = try #require(try injector.decide(TestPod.asking("logs")).pod.annotation("pillion.dev/status"))
        let outcome = try injector.decide(TestPod.asking("logs", ["pillion.dev/status": status]))
        #expect(outcome.decision.reason.code == .injected)
        #expect(outcome.warnings.map(\.code) == [.forgedStatus])
    }

    @Test(
        "garbage in the status annotation is replaced",
        arguments: ["", "{}", "injected", "[1]", #"{"schema":1,"sidecars":[{}]}"#]
    )
    func garbage(_ status: String) throws {
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(
            TestPod.asking("logs", ["pillion.dev/status": status])
        )
        #expect(outcome.decision.reason.code == .injected)
        #expect(outcome.pod.annotation("pillion.dev/status")?.hasPrefix(#"{"schema":1"#) == true)
    }

    @Test("a file changed after injection is refused")
    func tampered() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let first = try injector.decide(TestPod.asking("logs")).pod
        let change = JSONPatch([
            .add(path: JSONPointer(["metadata", "annotations", "pillion.dev/file.logs.0"]), value: "evil")
        ])
        #expect(try injector.decide(try change.applied(to: first)).decision.reason.code == .fileConflict)
    }

    @Test("a sidecar asked for later joins the others in start order")
    func later() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        for (first, names) in [
            ("logs", ["proxy-route", "proxy", "logs"]), ("proxy", ["proxy-route", "proxy", "logs"]),
        ] {
            let pod = try injector.decide(TestPod.asking(first)).pod
            let wish = JSONPatch([
                .add(path: JSONPointer(["metadata", "annotations", "pillion.dev/inject"]), value: "web")
            ])
            let outcome = try injector.decide(try wish.applied(to: pod))
            #expect(outcome.pod.names("initContainers") == names)
            #expect(try injector.decide(outcome.pod).decision.reason.code == .alreadyInjected)
        }
    }
}
