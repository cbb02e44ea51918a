import CatalogFixtures
import SidecarCatalog

/// Catalogs for tests, read as a platform team's would be.
enum TestCatalog {
    /// The catalog that ships with the chart.
    static func shipped() throws -> Catalog { try CatalogFixture.shipped() }

    /// The documents of the catalog that ships with the chart.
    static func shippedDocuments() throws -> [CatalogDocument] { try CatalogFixture.shippedDocuments() }

    /// The documents of a text in YAML.
    static func documents(_ text: String) throws -> [CatalogDocument] { try CatalogFixture.documents(text) }

    /// A catalog in YAML.
    static func yaml(_ text: String) throws -> Catalog { try CatalogFixture.yaml(text) }

    /// A small catalog with two sidecars; `extra` is put below the catalog's `spec`.
    static func small(_ extra: String = "") throws -> Catalog {
        try yaml(
            """
            apiVersion: pillion.dev/v1
            kind: Catalog
            metadata: {name: small}
            spec:
              phases: [network, telemetry]
              bundles: {web: [proxy, logs]}
            \(extra)
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
                  container:
                    image: registry.example/logs:1.0.0
                    args: ["--level=$(params.level)", "--path=$(params.path)"]
                    securityContext: {runAsUser: $(app.runAsUser)}
                    volumeMounts: [{name: logs, mountPath: $(params.path), readOnly: true}]
                  files:
                    /etc/logs/logs.yaml: {text: "path: $(params.path)\\n"}
                  volumes: [{name: logs, emptyDir: {sizeLimit: 1024Mi}}]
                  app:
                    volumeMounts: [{name: logs, mountPath: $(params.path)}]
                    env: [{name: LOG_PATH, value: $(params.path)}]
                2.0.0:
                  container: {image: "registry.example/logs:2.0.0"}
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: proxy}
            spec:
              phase: network
              versions:
                1.2.3:
                  parameters:
                    port: {type: port, default: $(app.port)}
                  setup:
                    route: {image: "registry.example/route:1"}
                  container:
                    image: registry.example/proxy:1.2.3
                    args: ["$(params.port)"]
                    ports: [{name: http, containerPort: 15106}]
            """
        )
    }
}
