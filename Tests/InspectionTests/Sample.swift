import CatalogFixtures
import Injection
import Inspection
import JSON
import SidecarCatalog

/// What the tests of this target look at.
enum Sample {
    /// A catalog with a sidecar that has everything and one that has nothing; `policy` is put below its `spec`.
    static func catalog(_ policy: String = "", logsImage: String = "registry.example/logs:1.0.0") throws -> Catalog {
        let text = """
            apiVersion: pillion.dev/v1
            kind: Catalog
            metadata: {name: sample}
            spec:
              phases: [network, telemetry]
              bundles: {web: [proxy, logs]}
              \(policy)
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: logs}
            spec:
              phase: telemetry
              channels: {stable: 1.0.0, next: 2.0.0}
              versions:
                1.0.0: &logs
                  parameters:
                    path: {type: path, default: /var/log/app}
                    level: {type: enum, values: [info, debug], default: info}
                    user: {type: integer, default: $(app.port)}
                  requires: {configMaps: [logs-ca], secrets: ["logs-$(params.level)"]}
                  container:
                    image: \(logsImage)
                    args: ["--level=$(params.level)", "--path=$(params.path)", "--port=$(params.user)"]
                    resources: {requests: {cpu: 100m, memory: 64Mi}}
                    volumeMounts: [{name: logs, mountPath: $(params.path)}]
                  volumes: [{name: logs, emptyDir: {sizeLimit: 1Gi}}]
                  app:
                    volumeMounts: [{name: logs, mountPath: $(params.path)}]
                    env: [{name: LOG_PATH, value: $(params.path)}]
                2.0.0:
                  lifecycle: {deprecatedAfter: 2020-01-01, sunsetAfter: 2999-01-01}
                  container:
                    image: registry.example/logs:2.0.0
                    resources: {requests: {cpu: 300m, memory: 32Mi}}
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: proxy}
            spec:
              phase: network
              versions:
                1.2.3: {container: {image: "registry.example/proxy:1.2.3"}}
            """
        return try CatalogFixture.yaml(text)
    }

    /// A pod with one container and these annotations.
    static func pod(
        _ annotations: [String: String] = [:],
        name: String = "p",
        spec: JSONObject = [:],
        metadata: JSONObject = [:]
    ) -> JSONValue {
        var all = JSONObject()
        for (key, value) in annotations.sorted(by: { $0.key < $1.key }) { all[key] = .string(value) }
        var podMetadata: JSONObject = ["name": .string(name), "namespace": "shop", "annotations": .object(all)]
        for member in metadata.members { podMetadata[member.key] = member.value }
        var podSpec: JSONObject = [
            "containers": [["name": "app", "image": "registry.example/app:1", "ports": [["containerPort": 8080]]]]
        ]
        for member in spec.members { podSpec[member.key] = member.value }
        return ["apiVersion": "v1", "kind": "Pod", "metadata": .object(podMetadata), "spec": .object(podSpec)]
    }

    /// A pod that asks for sidecars.
    static func asking(_ request: String, _ more: [String: String] = [:], name: String = "p") -> JSONValue {
        pod(more.merging(["pillion.dev/inject": request]) { $1 }, name: name)
    }

    /// Why a pod gets what it gets.
    static func explain(_ pod: JSONValue, _ policy: String = "") throws -> Explanation {
        let injector = PodInjector(catalog: try catalog(policy))
        return injector.explain(
            try Pod(json: pod),
            in: PodEnvironment(namespace: "shop", date: CalendarDate("2026-01-01"))
        )
    }
}
