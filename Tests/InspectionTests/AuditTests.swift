import Injection
import JSON
import Reports
import SidecarCatalog
import Testing

@testable import Inspection

@Suite("Audit of live pods")
struct AuditTests {
    private func injected(_ pod: JSONValue, _ policy: String = "") throws -> JSONValue {
        let injector = PodInjector(catalog: try Sample.catalog(policy))
        return injector.decide(try Pod(json: pod), in: PodEnvironment(namespace: "shop")).pod
    }

    private func audit(_ pods: [JSONValue], _ policy: String = "", catalog: Catalog? = nil) throws -> Audit {
        let injector = PodInjector(catalog: try catalog ?? Sample.catalog(policy))
        var audit = Audit(injector, environment: PodEnvironment(namespace: "default"))
        for pod in pods { try audit.look(at: pod) }
        return audit
    }

    private func kinds(_ pods: [JSONValue], _ policy: String = "", catalog: Catalog? = nil) throws
        -> [AuditFinding.Kind]
    {
        try audit(pods, policy, catalog: catalog).owners.flatMap(\.groups).map(\.finding.kind)
    }

    private func changed(_ pod: JSONValue, _ path: [String], _ value: JSONValue) throws -> JSONValue {
        try JSONPatch([.add(path: JSONPointer(path), value: value)]).applied(to: pod)
    }

    @Test("pods as they are injected are clean, and pods that ask for nothing", arguments: ["logs", "web"])
    func clean(request: String) throws {
        #expect(try kinds([try injected(Sample.asking(request)), Sample.pod()]).isEmpty)
    }

    @Test("a pod that asks and has no status failed open")
    func failedOpen() throws {
        #expect(try kinds([Sample.asking("logs")]) == [.failedOpen])
    }

    @Test("a pod without what a rule gives is missing it")
    func missing() throws {
        #expect(try kinds([Sample.pod()], "rules: {all: {inject: [logs]}}") == [.missing])
        let logs = try injected(Sample.asking("logs"))
        let more = try changed(logs, ["metadata", "annotations", "pillion.dev/inject"], "logs, proxy")
        #expect(try kinds([more]) == [.missing])
    }

    @Test("what the policy leaves out is not missed")
    func leftOut() throws {
        let windows = Sample.pod(spec: ["os": ["name": "windows"]])
        #expect(try kinds([windows], "rules: {all: {inject: [logs]}}").isEmpty)
    }

    @Test("a sidecar in another form than the catalog's is outdated")
    func outdated() throws {
        let newer = try Sample.catalog(logsImage: "registry.example/logs:1.0.0-r2")
        #expect(try kinds([try injected(Sample.asking("logs"))], catalog: newer) == [.outdated])
        let rollout = "rollouts: {logs: {to: 2.0.0, percent: 100}}"
        #expect(try kinds([try injected(Sample.asking("logs"))], rollout) == [.outdated])
    }

    @Test("a sidecar that nobody asks for any more is outdated")
    func unasked() throws {
        let pod = try injected(Sample.pod(), "rules: {all: {inject: [logs]}}")
        #expect(try kinds([pod]) == [.outdated])
    }

    @Test(
        "a sidecar that was changed after it was injected is tampered with",
        arguments: [
            (["spec", "initContainers", "0", "image"], JSONValue.string("evil.example/logs:1")),
            (["spec", "initContainers", "0", "args"], ["--off"]),
            (["spec", "containers", "0", "volumeMounts"], []),
            (["spec", "containers", "0", "env"], []),
            (["spec", "initContainers", "0", "restartPolicy"], .null),
        ] as [([String], JSONValue)]
    )
    func tampered(path: [String], value: JSONValue) throws {
        let pod = try changed(try injected(Sample.asking("logs")), path, value)
        #expect(try kinds([pod]) == [.tampered])
    }

    @Test("a status without its sidecar is forged, and one that cannot be read")
    func forged() throws {
        let pod = try injected(Sample.asking("logs"))
        let status = try #require(pod["metadata"]?["annotations"]?["pillion.dev/status"]?.string)
        #expect(try kinds([Sample.asking("logs", ["pillion.dev/status": status])]) == [.forgedStatus])
        #expect(try kinds([Sample.pod(["pillion.dev/status": status])]) == [.forgedStatus])
        #expect(try kinds([Sample.pod(["pillion.dev/status": "{"])]) == [.forgedStatus])
    }

    @Test("pods that have ended are passed over")
    func ended() throws {
        let pod = try changed(Sample.asking("logs"), ["status"], ["phase": "Succeeded"])
        let audit = try audit([pod])
        #expect(audit.isClean)
        #expect(audit.endedPods == 1)
    }

    @Test("a pod that is seen again counts once, as it is now")
    func again() throws {
        let (bare, good) = (Sample.asking("logs"), try injected(Sample.asking("logs")))
        let mended = try audit([bare, good])
        #expect(mended.isClean)
        #expect(mended.pods == 1)
        let broken = try audit([good, bare, bare])
        #expect(broken.owners.flatMap(\.groups).map(\.pods) == [["p"]])
        #expect((broken.pods, broken.affectedPods) == (1, 1))
        var gone = try audit([bare])
        try gone.look(at: bare, isDeleted: true)
        #expect(gone.isClean)
        #expect((gone.pods, gone.affectedPods, gone.endedPods) == (0, 0, 1))
    }

    @Test("pods are grouped by what makes them, with the command that makes them anew")
    func owners() throws {
        func pod(_ name: String, _ kind: String, _ owner: String) throws -> JSONValue {
            let pod = Sample.asking("logs", name: name)
            let labelled = try changed(pod, ["metadata", "labels"], ["pod-template-hash": "5d4f"])
            let reference: JSONValue = [["kind": .string(kind), "name": .string(owner), "controller": true]]
            return try changed(labelled, ["metadata", "ownerReferences"], reference)
        }
        let audit = try audit([
            try pod("a", "ReplicaSet", "web-5d4f"), try pod("b", "ReplicaSet", "web-5d4f"),
            try pod("c", "StatefulSet", "db"), try pod("d", "StatefulSet", "x; rm -rf ~"), Sample.asking("logs"),
        ])
        #expect(audit.owners.map(\.owner.kind) == ["Deployment", "Pod", "StatefulSet", "StatefulSet"])
        #expect(audit.owners.first?.groups.map(\.pods) == [["a", "b"]])
        let table = AuditText.table(audit)
        #expect(table.contains("\nkubectl rollout restart deployment/web -n shop\n"))
        #expect(table.contains("\nkubectl rollout restart statefulset/db -n shop\n"))
        #expect(table.contains("\n# Pod/p in shop"))
        #expect(!table.contains("\nkubectl rollout restart statefulset/x;"))
    }

    @Test("nobody is told to restart what would be denied")
    func denied() throws {
        let table = AuditText.table(try audit([Sample.asking("lgos")]))
        #expect(table.contains("do not restart"))
        #expect(!table.contains("kubectl rollout"))
    }

    @Test("JSON and JUnit say the same")
    func formats() throws {
        let audit = try audit([Sample.asking("logs")])
        let value = AuditJSON.value(audit)
        #expect(value["affectedPods"] == 1)
        #expect(value["owners"]?[0]?["findings"]?[0]?["kind"] == "failed-open")
        #expect(audit.testReport.junit.contains("failures=\"1\""))
        #expect(try self.audit([]).testReport.junit.contains("failures=\"0\""))
    }
}
