import JSON
import SidecarCatalog

/// The application starts when the sidecar is ready, which only a startup probe can tell.
enum StartupProbeRule: LintRule {
    static let pages = [
        CodePage(
            "missing-startup-probe",
            .warning,
            "A sidecar without a startup probe",
            "The kubelet starts the next container of a pod when a native sidecar has started, and without a startup "
                + "probe that is when its process exists. The application then races with its sidecar.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  ports: [{name: http, containerPort: 2020}]
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  ports: [{name: http, containerPort: 2020}]
                  startupProbe: {httpGet: {path: /, port: http}, periodSeconds: 1, failureThreshold: 60}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions where version.container.json["startupProbe"]?.object == nil {
            findings.add(
                pages[0],
                "the application does not wait until sidecar '\(version.sidecar.name)' is ready",
                hint: "add a startupProbe of an endpoint that needs neither the application nor a remote server",
                in: version.document,
                at: version.container.pointer,
                isAboutName: true
            )
        }
    }
}
