import JSON
import SidecarCatalog

/// A sidecar is not restarted because a server elsewhere is down.
enum BackendProbeRule: LintRule {
    static let pages = [
        CodePage(
            "probe-needs-backend",
            .warning,
            "A startup or liveness probe that depends on a remote server",
            "When that server is down no pod with the sidecar starts, and those that run have their sidecar restarted "
                + "again and again, which helps nobody. Remote servers belong into readiness probes at most.",
            in: .version,
            wrong: """
                container:
                  image: docker.io/fluent/fluent-bit:5.1.1
                  ports: [{name: http, containerPort: 2020}]
                  livenessProbe: {httpGet: {path: /api/v1/health, port: http}}
                """,
            right: """
                container:
                  image: docker.io/fluent/fluent-bit:5.1.1
                  ports: [{name: http, containerPort: 2020}]
                  livenessProbe: {httpGet: {path: /, port: http}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for (field, probe, pointer) in version.container.decisiveProbes {
                guard let endpoint = KnownEndpoint.find(field, probe, version.container.image, .backend) else {
                    continue
                }
                findings.add(
                    pages[0],
                    "'\(endpoint.path)' depends on a remote server",
                    hint: endpoint.advice,
                    in: version.document,
                    at: pointer.appending("httpGet").appending("path")
                )
            }
        }
    }
}
