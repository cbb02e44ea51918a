import JSON
import Manifests
import Testing

@Suite("PodTemplates")
struct PodTemplatesTests {
    private let pod: JSONValue = ["metadata": ["labels": ["a": "b"]], "spec": ["containers": []]]

    private func workload(_ version: String, _ kind: String, _ spec: JSONValue) -> JSONValue {
        [
            "apiVersion": .string(version), "kind": .string(kind), "metadata": ["name": "x", "namespace": "shop"],
            "spec": spec,
        ]
    }

    private func pointers(_ value: JSONValue, paths: PodTemplatePaths = .kubernetes) -> [String] {
        PodTemplates.find(in: value, paths: paths).map(\.pointer.description)
    }

    @Test(
        "Each kind of Kubernetes has its pod in its place",
        arguments: [
            ("apps/v1", "Deployment", "ReplicaSet"), ("apps/v1", "ReplicaSet", "ReplicaSet"),
            ("apps/v1", "StatefulSet", "StatefulSet"),
            ("apps/v1", "DaemonSet", "DaemonSet"), ("v1", "ReplicationController", "ReplicationController"),
            ("batch/v1", "Job", "Job"),
            ("extensions/v1beta1", "Deployment", "ReplicaSet"),
        ]
    )
    func workloads(version: String, kind: String, owner: String) throws {
        let found = PodTemplates.find(in: workload(version, kind, ["template": pod]))
        let template = try #require(found.first)
        #expect(found.count == 1)
        #expect(template.pointer.description == "/spec/template")
        #expect(template.kind == kind)
        #expect(template.name == "x")
        #expect(template.namespace == "shop")
        #expect(template.ownerKind == owner)
    }

    @Test("A Pod is its own, a PodTemplate has it at /template, a CronJob three levels down")
    func otherKinds() {
        #expect(pointers(workload("v1", "Pod", [:])) == [""])
        #expect(pointers(["apiVersion": "v1", "kind": "PodTemplate", "template": pod]) == ["/template"])
        let cronJob = workload("batch/v1", "CronJob", ["jobTemplate": ["spec": ["template": pod]]])
        #expect(pointers(cronJob) == ["/spec/jobTemplate/spec/template"])
        #expect(PodTemplates.find(in: cronJob).first?.ownerKind == "Job")
    }

    @Test("Lists are searched in order, also inside each other")
    func lists() {
        let deployment = workload("apps/v1", "Deployment", ["template": pod])
        let inner: JSONValue = ["apiVersion": "v1", "kind": "List", "items": [deployment, "odd", nil]]
        let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": [deployment, ["kind": 7], inner]]
        #expect(pointers(list) == ["/items/0/spec/template", "/items/2/items/0/spec/template"])
        #expect(PodTemplates.find(in: list).last?.workload.description == "/items/2/items/0")
    }

    @Test("Items of a typed list take their kind from it")
    func typedLists() {
        let list: JSONValue = [
            "apiVersion": "apps/v1", "kind": "DeploymentList", "items": [["spec": ["template": pod]]],
        ]
        #expect(pointers(list) == ["/items/0/spec/template"])
        #expect(pointers(["apiVersion": "v1", "kind": "PodList", "items": [pod]]) == ["/items/0"])
    }

    @Test("A kind of the same name in another group is another kind")
    func otherGroups() {
        #expect(pointers(workload("example.dev/v1", "Deployment", ["template": pod])).isEmpty)
        #expect(pointers(workload("serving.knative.dev/v1", "Pod", [:])).isEmpty)
    }

    @Test("Declared kinds are found")
    func declared() {
        var paths = PodTemplatePaths.kubernetes
        let isDeclared = paths.declare("Rollout.argoproj.io=/spec/template")
        #expect(isDeclared)
        #expect(
            pointers(workload("argoproj.io/v1alpha1", "Rollout", ["template": pod]), paths: paths) == ["/spec/template"]
        )
    }

    @Test(
        "A declaration that makes no sense is refused",
        arguments: ["Rollout", ".argoproj.io=/spec", "Rollout.argoproj.io=spec", ""]
    )
    func wrongDeclarations(declaration: String) {
        var paths = PodTemplatePaths.kubernetes
        let isDeclared = paths.declare(declaration)
        #expect(!isDeclared)
        #expect(paths == .kubernetes)
    }

    @Test(
        "Odd shapes yield nothing",
        arguments: [
            JSONValue.null, "x", [], [:], ["kind": "Pod"], ["kind": 1, "apiVersion": []],
            ["apiVersion": "v1", "kind": "List", "items": 3],
            ["apiVersion": "apps/v1", "kind": "Deployment", "spec": ["template": []]],
            ["apiVersion": "apps/v1", "kind": "Deployment", "spec": nil],
            ["apiVersion": "/", "kind": "Pod"], ["apiVersion": "v1", "kind": "List"],
        ]
    )
    func oddShapes(value: JSONValue) {
        #expect(pointers(value).isEmpty)
    }
}
