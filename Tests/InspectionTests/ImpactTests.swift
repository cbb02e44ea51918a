import Injection
import JSON
import Kubernetes
import SidecarCatalog
import Testing

@testable import Inspection

@Suite("Impact of a catalog")
struct ImpactTests {
    private func impact(_ pods: [JSONValue], new policy: String = "", image: String? = nil) throws -> Impact {
        let new = try Sample.catalog(policy, logsImage: image ?? "registry.example/logs:1.0.0")
        var impact = Impact(old: try Sample.catalog(), new: new)
        let environment = PodEnvironment(namespace: "shop", date: CalendarDate("2026-01-01"))
        for pod in pods { impact.look(at: try Pod(json: pod), of: "Deployment/web", in: environment) }
        return impact
    }

    @Test("the same catalog changes nothing")
    func same() throws {
        let impact = try impact([Sample.asking("web"), Sample.pod(), Sample.asking("lgos")])
        #expect(impact.changes.isEmpty)
        #expect(impact.costs.sidecars.isEmpty)
        #expect(ImpactText.table(impact).isEmpty)
    }

    @Test("a rule adds a sidecar, with its cost")
    func added() throws {
        let impact = try impact([Sample.pod(), Sample.asking("logs")], new: "rules: {all: {inject: [logs]}}")
        #expect(impact.changes.map(\.text) == ["+ logs 1.0.0"])
        #expect(impact.costs.sidecars.map { $0.old["cpu"]?.description } == ["100m"])
        #expect(impact.costs.sidecars.map { $0.new["cpu"]?.description } == ["200m"])
    }

    @Test("another version is told with its cost, and that it is deprecated")
    func version() throws {
        let impact = try impact([Sample.asking("logs")], new: "rollouts: {logs: {to: 2.0.0, percent: 100}}")
        #expect(impact.changes.map(\.text) == ["logs 1.0.0 -> 2.0.0"])
        #expect(impact.endings.entries.map(\.phrase) == ["deprecated, ends after 2999-01-01"])
        let table = ImpactText.table(impact)
        #expect(table.contains("100m -> 300m (+200m)"))
        #expect(table.contains("64Mi -> 32Mi (-32Mi)"))
    }

    @Test("the same version in another form is a change")
    func form() throws {
        let impact = try impact([Sample.asking("logs")], image: "registry.example/logs:1.0.0-r2")
        #expect(impact.changes.map(\.text) == ["the same versions in another form"])
    }

    @Test("who is newly denied is told first, and as such")
    func denied() throws {
        let impact = try impact([Sample.asking("web")], new: "sidecarsPerPod: {denyAbove: 1}")
        #expect(impact.changes.map(\.isNewlyDenied) == [true])
        #expect(
            ImpactText.markdown(impact).contains(
                "### Newly denied\n\n| NAMESPACE | WORKLOAD | PODS | CHANGE |\n| --- |"
            )
        )
        #expect(ImpactJSON.value(impact)["changes"]?[0]?["newlyDenied"] == true)
    }

    @Test("every pod of a workload counts, in the costs as well")
    func replicas() throws {
        var impact = Impact(old: try Sample.catalog(), new: try Sample.catalog("rules: {all: {inject: [logs]}}"))
        let environment = PodEnvironment(namespace: "shop", date: CalendarDate("2026-01-01"))
        impact.look(at: try Pod(json: Sample.pod()), of: "Deployment/web", replicas: 30, in: environment)
        impact.look(at: try Pod(json: Sample.pod()), of: "Deployment/web", replicas: 10, in: environment)
        #expect(impact.pods == 40)
        #expect(impact.changes.map(\.pods) == [40])
        #expect(impact.costs.sidecars.map { $0.new["cpu"]?.description } == ["4"])
        #expect(impact.costs.namespaces.map { $0.new["memory"]?.description } == ["2560Mi"])
        #expect(ImpactText.summary(impact).hasPrefix("40 of 40 pods change, 0"))
    }

    @Test("a live pod is decided over without the sidecars that it was given")
    func live() throws {
        let pod = Sample.pod(["pillion.dev/inject": "logs"], metadata: ["uid": "5d1c"])
        let environment = PodEnvironment(namespace: "shop")
        let injected = PodInjector(catalog: try Sample.catalog()).decide(try Pod(json: pod), in: environment).pod
        #expect(injected != pod)
        let rollout = "rollouts: {logs: {to: 2.0.0, percent: 100}}"
        let moved = try impact([injected], new: rollout)
        #expect(moved.changes.map(\.text) == ["logs 1.0.0 -> 2.0.0"])
        #expect(moved.changedPods == 0)
        let image = JSONPointer(["spec", "initContainers"])
        let tampered = try JSONPatch([.remove(path: image)]).applied(to: injected)
        #expect(try impact([tampered], new: rollout).changedPods == 1)
    }

    @Test("a pod that is denied costs nothing, and its requests are saved")
    func saved() throws {
        let impact = try impact([Sample.asking("logs")], new: "sidecarsPerPod: {denyAbove: 0}")
        #expect(impact.costs.sidecars.map(\.newPods) == [0])
        #expect(ImpactText.table(impact).contains("100m -> 0 (-100m)"))
    }

    @Test("a comment stays short however many workloads there are")
    func comment() throws {
        var impact = Impact(old: try Sample.catalog(), new: try Sample.catalog("rules: {all: {inject: [logs]}}"))
        for number in 0..<500 {
            let environment = PodEnvironment(namespace: "n\(number)")
            impact.look(at: try Pod(json: Sample.pod()), of: "Deployment/a|b", in: environment)
        }
        let text = ImpactText.markdown(impact)
        #expect(text.utf8.count < 65_536)
        #expect(text.contains("and 440 more"))
        #expect(text.contains("a\\|b"))
    }
}
