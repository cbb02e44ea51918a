import JSON
import ManifestInjection
import Manifests
import Testing

@Suite("KRM ResourceList")
struct ResourceListTests {
    /// A list such as kustomize and kpt hand to a function.
    private func list(annotations: String = "{}", configuration: String = "") -> [UInt8] {
        Array(
            """
            apiVersion: config.kubernetes.io/v1
            kind: ResourceList
            items:
            - apiVersion: apps/v1
              kind: Deployment
              metadata:
                name: shop
                annotations:
                  config.kubernetes.io/index: '1'
                  config.kubernetes.io/path: 'base/shop.yaml'   # kept
              spec:
                template:
                  metadata: {annotations: \(annotations)}
                  spec: {containers: [{name: app, image: x}]}
            - {apiVersion: v1, kind: Service, metadata: {name: shop}}
            \(configuration)
            """.utf8
        )
    }

    @Test("Items are injected, and the results say so in the function protocol's words")
    func results() throws {
        let file = try Example.injected(list())
        let value = try #require(file.values.first)
        #expect(value["items"]?.array?.first?["spec"]?["template"]?["spec"]?["initContainers"] != nil)
        #expect(value["kind"] == "ResourceList")
        let result = try #require(value["results"]?.array?.first)
        #expect(result["severity"] == "info")
        #expect(result["message"]?.string?.isEmpty == false)
        #expect(result["resourceRef"] == ["apiVersion": "apps/v1", "kind": "Deployment", "name": "shop"])
        #expect(result["field"] == ["path": "spec.template"])
        #expect(result["file"] == ["path": "base/shop.yaml", "index": 1])
        #expect(String(decoding: file.text, as: UTF8.self).contains("'base/shop.yaml'   # kept"))
        #expect(try ManifestFile(file.text).documents.map(\.value) == file.values)
    }

    @Test("A denial is a result of severity error, and the list is written with the item as it was")
    func denial() throws {
        let file = try Example.injected(list(annotations: "{pillion.dev/inject: lgs}"))
        let value = try #require(file.values.first)
        #expect(file.isDenied)
        #expect(file.isWrittenWhenDenied)
        #expect(value["items"]?.array?.first?["spec"]?["template"]?["spec"]?["initContainers"] == nil)
        let result = try #require(value["results"]?.array?.first { $0["severity"] == "error" })
        #expect(result["tags"]?["code"] == "unknown-sidecar")
    }

    @Test("The function's configuration chooses workloads", arguments: ["Deployment/*", "Job/*"])
    func only(pattern: String) throws {
        let configuration = "functionConfig: {apiVersion: v1, kind: ConfigMap, data: {only: '\(pattern)'}}"
        let file = try Example.injected(list(configuration: configuration))
        let isChosen = pattern == "Deployment/*"
        let spec = file.values.first?["items"]?.array?.first?["spec"]?["template"]?["spec"]
        #expect((spec?["initContainers"] != nil) == isChosen)
        #expect(file.isDenied == !isChosen, "a choice that chooses nothing is an error of the function")
    }

    @Test("The function's configuration says what another cluster has", arguments: ["'1.28'", "1.28"])
    func clusterVersion(version: String) throws {
        let configuration = "functionConfig: {kind: Pillion, spec: {clusterVersion: \(version), namespace: other}}"
        let file = try Example.injected(list(configuration: configuration))
        let spec = file.values.first?["items"]?.array?.first?["spec"]?["template"]?["spec"]
        // Without native sidecars it is a container among the others.
        #expect(spec?["containers"]?.array?.compactMap { $0["name"]?.string } == ["logs", "app"])
    }

    @Test(
        "An option that there is not, or of another form, is an error with its place",
        arguments: [
            ("{kind: ConfigMap, data: {onyl: x}}", "there is no option"),
            ("{kind: ConfigMap, data: {clusterVersion: new}}", "is not a Kubernetes version"),
            ("{kind: X, spec: {templatePaths: [Rollout]}}", "is not of the form"),
            ("{kind: X, spec: {namespace: {a: b}}}", "must be a string"),
        ]
    )
    func mistakes(configuration: String, words: String) {
        #expect {
            _ = try Example.injected(list(configuration: "functionConfig: \(configuration)"))
        } throws: { error in
            guard let error = error as? WorkloadError else { return false }
            return error.code == .functionConfiguration && error.reason.contains(words)
                && error.location.position?.line == 16
        }
    }

    @Test("Results that are there already stay")
    func earlierResults() throws {
        let file = try Example.injected(list(configuration: "results: [{message: before}]"))
        let results = try #require(file.values.first?["results"]?.array)
        #expect(results.first == ["message": "before"])
        #expect(results.count == 2)
    }
}
