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
        #expect(impact.costs.isEmpty)
        #expect(ImpactText.table(impact).isEmpty)
    }

    @Test("a rule adds a sidecar, with its cost")
    func added() throws {
        let impact = try impact([Sample.pod(), Sample.asking("logs")], new: "rules: {all: {inject: [logs]}}")
        #expect(impact.changes.map(\.text) == ["+ logs 1.0.0"])
        #expect(impact.costs.map { $0.old["cpu"]?.description } == ["100m"])
        #expect(impact.costs.map { $0.new["cpu"]?.description } == ["200m"])
    }

    @Test("another version is told with its cost, and that it is deprecated")
    func version() throws {
        let impact = try impact([Sample.asking("logs")], new: "rollouts: {logs: {to: 2.0.0, percent: 100}}")
        #expect(impact.changes.map(\.text) == ["logs 1.0.0 -> 2.0.0"])
        #expect(impact.deprecated.count == 1)
        let table = ImpactText.table(impact)
        #expect(table.contains("100m -> 300m"))
        #expect(table.contains("64Mi -> 32Mi"))
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
        #expect(ImpactText.markdown(impact).contains("### Newly denied\n\n| NAMESPACE | WORKLOAD | CHANGE |\n| --- |"))
        #expect(ImpactText.json(impact)["changes"]?[0]?["newlyDenied"] == true)
    }
}
