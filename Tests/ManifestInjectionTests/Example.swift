import CatalogFixtures
import Injection
import JSON
import ManifestInjection
import Manifests
import SidecarCatalog

/// Catalogs and files for tests.
enum Example {
    /// The catalog that ships with the chart.
    static let shipped = Result { try CatalogFixture.shipped() }
    /// A catalog that gives every pod a sidecar which touches every part of it.
    static let greedy = Result { try CatalogFixture.yaml(text) }

    /// What is known about the pods in tests.
    static let scope = WorkloadScope(
        environment: PodEnvironment(namespace: "lab", pullSecrets: .known(["account"])),
        templates: templates
    )

    private static var templates: PodTemplatePaths {
        var paths = PodTemplatePaths.kubernetes
        _ = paths.declare("Rollout.argoproj.io=/spec/template")
        return paths
    }

    /// A file as it is injected by a catalog.
    static func injected(
        _ bytes: [UInt8],
        by catalog: Result<Catalog, any Error> = greedy,
        only: [String] = []
    ) throws -> InjectedFile {
        var filter = WorkloadFilter(only)
        let injector = ManifestInjector(injector: PodInjector(catalog: try catalog.get()), scope: scope)
        return try injector.inject(try ManifestFile(bytes), chosenBy: &filter)
    }

    /// A file as it is without its sidecars.
    static func uninjected(_ bytes: [UInt8]) throws -> InjectedFile {
        var filter = WorkloadFilter()
        let remover = ManifestRemover(remover: SidecarRemover(domain: "pillion.dev"), templates: templates)
        return try remover.remove(from: try ManifestFile(bytes), chosenBy: &filter)
    }

    private static let text = """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: greedy}
        spec:
          phases: [network, telemetry]
          rules: {all: {inject: [logs]}}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: logs}
        spec:
          phase: telemetry
          versions:
            1.0.0:
              parameters:
                path: {type: path, default: /var/log/app}
              setup:
                prepare: {image: "registry.example/prepare:1"}
              container:
                image: registry.example/logs:1.0.0
                args: ["--path=$(params.path)", "12:30:45"]
                volumeMounts: [{name: logs, mountPath: $(params.path), readOnly: true}]
              files:
                /etc/logs/logs.yaml: {text: "path: $(params.path)\\n# end\\n"}
              volumes: [{name: logs, emptyDir: {sizeLimit: 1024Mi}}]
              pod:
                labels: {logs.example/on: "yes"}
                annotations: {logs.example/version: "1.0"}
                imagePullSecrets: [{name: logs}]
              app:
                volumeMounts: [{name: logs, mountPath: $(params.path)}]
                env: [{name: LOG_PATH, value: $(params.path)}]
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: proxy}
        spec:
          phase: network
          versions:
            1.2.3:
              parameters:
                port: {type: port, default: 8080}
              container:
                image: registry.example/proxy:1.2.3
                args: ["$(params.port)"]
                ports: [{name: http, containerPort: 15106}]
        """
}
