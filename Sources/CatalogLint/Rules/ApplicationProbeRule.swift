import JSON
import SidecarCatalog

/// A sidecar does not wait for the application, which waits for the sidecar.
enum ApplicationProbeRule: LintRule {
    static let pages = [
        CodePage(
            "probe-waits-for-application",
            .warning,
            "A startup or liveness probe that waits for the application",
            "The application starts when the sidecar's startup probe has succeeded. A probe that succeeds only when the "
                + "application answers never does: the pod hangs until the probe gives up, and then again. A liveness "
                + "probe of that kind restarts the sidecar whenever the application is slow.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/proxy:1.0.0
                  startupProbe: {tcpSocket: {port: $(app.port)}}
                """,
            right: """
                container:
                  image: registry.acme.example/proxy:1.0.0
                  ports: [{name: admin, containerPort: 9901}]
                  startupProbe: {httpGet: {path: /ready, port: admin}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for (field, probe, pointer) in version.container.decisiveProbes {
                if version.refersToApplicationPort(version.container.declared[field] ?? .null) {
                    findings.add(
                        pages[0],
                        "the \(field) asks the application, which waits for the sidecar",
                        hint: "probe the sidecar's own port",
                        in: version.document,
                        at: pointer,
                        isAboutName: true
                    )
                } else if let endpoint = KnownEndpoint.find(field, probe, version.container.image, .application) {
                    findings.add(
                        pages[0],
                        "'\(endpoint.path)' answers only when the application does, which waits for the sidecar",
                        hint: endpoint.advice,
                        in: version.document,
                        at: pointer.appending("httpGet").appending("path")
                    )
                }
            }
        }
    }
}
