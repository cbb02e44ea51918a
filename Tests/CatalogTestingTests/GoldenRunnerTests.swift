import CatalogTesting
import JSON
import Manifests
import SidecarCatalog
import Testing

@Suite("GoldenRunner")
struct GoldenRunnerTests {
    private static let catalog = """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: small}
        spec: {phases: [telemetry]}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: logs}
        spec:
          phase: telemetry
          versions:
            1.0.0:
              container:
                image: registry.example/logs:1.0.0
                ports: [{name: logs-http, containerPort: 2020}]
                livenessProbe: {httpGet: {port: logs-http}}
                resources: {limits: {memory: 64Mi}}
                env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
              files: {/etc/pillion/logs.json: {json: {level: info}}}
        """
    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, annotations: {pillion.dev/inject: logs}}
        spec: {containers: [{name: web, image: "registry.example/web:1"}]}
        """

    private func runner() throws -> GoldenRunner {
        let documents = try ManifestReader.documents(in: Array(Self.catalog.utf8), file: "catalog.yaml").map {
            CatalogDocument(file: $0.file, value: $0.value, source: $0.source)
        }
        return GoldenRunner(catalog: try #require(CatalogLoader.load(documents).catalog))
    }

    private func manifests(_ text: String) throws -> [ManifestDocument] {
        try ManifestReader.documents(in: Array(text.utf8), file: "pod.yaml")
    }

    private func run(_ text: String, options: String = "{}", expected: [JSONValue]? = nil) throws -> GoldenResult {
        let value = try manifests(options).first?.value ?? [:]
        return try runner().run(
            try manifests(text),
            options: try GoldenOptions(value, file: "options.yaml"),
            expected: expected
        )
    }

    @Test("what comes out once is what is expected afterwards")
    func holds() throws {
        let first = try run(Self.pod)
        #expect(first.problems == [.missing])
        let expected = try manifests(first.record.text).map(\.value)
        #expect(try run(Self.pod, expected: expected).problems == [])
    }

    @Test("the record tells decision, reason, warnings and the pod")
    func record() throws {
        let document = try #require(try run(Self.pod).record.documents.first)
        #expect(document["workload"] == "Pod/web")
        #expect(document["decision"] == "inject")
        #expect(document["reason"] == "injected")
        #expect(document["message"] == "added logs 1.0.0")
        #expect(document["warnings"] == [])
        #expect(document["pod"]?["spec"]?["initContainers"]?.array?.count == 1)
    }

    @Test("a stale expectation fails with the lines that differ")
    func stale() throws {
        let text = try run(Self.pod).record.text.replacing("logs:1.0.0", with: "logs:0.9.0")
        let problem = try #require(try run(Self.pod, expected: try manifests(text).map(\.value)).problems.first)
        #expect(problem.details.contains("\n-      image: registry.example/logs:0.9.0\n"))
        #expect(problem.details.contains("\n+      image: registry.example/logs:1.0.0\n"))
        #expect(problem.isUpdatable)
    }

    @Test("an expectation of more pods than there are fails")
    func more() throws {
        let expected = try manifests(try run(Self.pod).record.text).map(\.value)
        #expect(try run(Self.pod, expected: expected + expected).problems.count == 1)
        #expect(try run(Self.pod, expected: []).problems.count == 1)
    }

    @Test("comments and notation of the expectation do not matter")
    func notation() throws {
        let record = try run(Self.pod).record
        let json = record.documents.map { $0.compactText }.joined(separator: "\n")
        #expect(try run(Self.pod, expected: try manifests(json).map(\.value)).problems == [])
    }

    @Test("the template of a workload is tried, and each pod of a list")
    func workloads() throws {
        let list = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: apps/v1
              kind: Deployment
              metadata: {name: shop}
              spec:
                template:
                  metadata: {annotations: {pillion.dev/inject: logs}}
                  spec: {containers: [{name: web, image: "a/b:1"}]}
            - apiVersion: v1
              kind: Pod
              metadata: {name: plain}
              spec: {containers: [{name: web, image: "a/b:1"}]}
            """
        let documents = try run(list).record.documents
        #expect(documents.map { $0["workload"] } == ["Deployment/shop", "Pod/plain"])
        #expect(documents.map { $0["decision"] } == ["inject", "skip"])
        #expect(documents.last?["pod"] == nil)
    }

    @Test("options say where the pod is and what the cluster can")
    func options() throws {
        let old = try run(Self.pod, options: "{clusterVersion: '1.28', namespace: shop}").record.documents.first
        #expect(old?["warnings"]?.array?.first?.string?.hasPrefix("plain-container: ") == true)
        let own = try run(Self.pod, options: "{namespace: pillion-system, ownNamespace: pillion-system}")
        #expect(own.record.documents.first?["reason"] == "own-namespace")
    }

    @Test(
        "options that mean nothing are errors",
        arguments: [
            "{namspace: a}", "{namespace: 1}", "{date: tomorrow}", "{clusterVersion: new}", "{templatePaths: [x]}",
            "[a]",
        ]
    )
    func wrongOptions(_ options: String) {
        let error = #expect(throws: GoldenError.self) { try run(Self.pod, options: options) }
        #expect(error?.code == .options)
    }

    @Test("a case without a pod, and one whose pod is none, cannot be tried")
    func broken() {
        let none = #expect(throws: GoldenError.self) { try run("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n") }
        #expect(none?.code == .noPod)
        let wrong = #expect(throws: GoldenError.self) { try run("apiVersion: v1\nkind: Pod\nspec: {containers: 1}\n") }
        #expect(wrong?.code == .notAPod)
    }

    @Test("defaults reach every part that the API server fills in, and nothing that is set")
    func defaults() throws {
        let pod = PodDefaults.filled(try #require(try run(Self.pod).record.documents.first?["pod"]))
        let sidecar = pod["spec"]?["initContainers"]?.array?.first
        #expect(pod["spec"]?["dnsPolicy"] == "ClusterFirst")
        #expect(sidecar?["imagePullPolicy"] == "IfNotPresent")
        #expect(sidecar?["restartPolicy"] == "Always")
        #expect(sidecar?["ports"]?.array?.first?["protocol"] == "TCP")
        #expect(sidecar?["livenessProbe"]?["httpGet"]?["path"] == "/")
        #expect(sidecar?["livenessProbe"]?["timeoutSeconds"] == 1)
        #expect(sidecar?["resources"]?["requests"]?["memory"] == "64Mi")
        #expect(sidecar?["env"]?.array?.first?["valueFrom"]?["fieldRef"]?["apiVersion"] == "v1")
        #expect(PodDefaults.filled(pod) == pod)
    }

    @Test(
        "what has not the shape of a pod stays as it is",
        arguments: ["x", [], ["spec": 1], ["spec": ["volumes": 1]]] as [JSONValue]
    )
    func oddDefaults(_ value: JSONValue) {
        let filled = PodDefaults.filled(value)
        #expect(filled["spec"]?["volumes"] == value["spec"]?["volumes"])
    }
}
