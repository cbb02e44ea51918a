import JSON
import Manifests
import SidecarCatalog

/// A catalog of a thousand sidecars beside those of another.
enum LargeCatalog {
    /// How many sidecars are added.
    static let count = 1000

    /// The added sidecars as text: each with parameters, a file, volumes, mounts, an order and a conflict.
    static var text: String {
        (0..<count).map { index in
            let (name, next) = ("filler-\(index)", "filler-\((index + 1) % count)")
            return """
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: \(name)}
                spec:
                  title: Filler \(index)
                  description: One of many.
                  owner: {team: team-\(index % 50), contact: team@example.org, docs: "https://example.org/\(index)"}
                  phase: telemetry
                  after: [\(index == 0 ? "" : "filler-\(index - 1)")]
                  conflicts: [\(next)]
                  channels: {stable: 1.0.0}
                  versions:
                    1.0.0:
                      parameters:
                        path: {type: path, default: /var/log/app, description: Directory.}
                        level: {type: enum, values: [error, warn, info, debug], default: info}
                        memory: {type: quantity, default: 64Mi, maximum: 512Mi}
                      container:
                        image: registry.example/filler:1.0.\(index)
                        args: [--level=$(params.level)]
                        ports: [{name: http, containerPort: \(20_000 + index)}]
                        resources:
                          requests: {cpu: 20m, memory: $(params.memory)}
                          limits: {memory: $(params.memory)}
                        startupProbe: {httpGet: {path: /, port: http}, periodSeconds: 1}
                        volumeMounts: [{name: logs, mountPath: $(params.path), readOnly: true}]
                      files:
                        /etc/filler/a.yaml: {yaml: {level: $(params.level), path: "$(params.path)/*.log"}}
                      volumes: [{name: logs, emptyDir: {sizeLimit: 16Mi}}]
                      app: {volumeMounts: [{name: logs, mountPath: $(params.path)}]}

                """
        }.joined(separator: "---\n")
    }

    /// The catalog of the files at `path` with the added sidecars.
    static func load(besides path: String, _ text: String) throws -> Catalog {
        let added = try ManifestReader.documents(in: Array(text.utf8), file: "large.yaml")
        return try catalog(of: try documents(at: path) + added)
    }
}
