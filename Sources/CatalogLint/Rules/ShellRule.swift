import JSON
import SidecarCatalog

/// Commands of probes and hooks exist in the image.
enum ShellRule: LintRule {
    static let pages = [
        CodePage(
            "no-shell-in-image",
            .warning,
            "A probe or hook that needs a program the image does not have",
            "Images built from scratch or on a distroless base hold no shell and none of its tools. An exec probe that "
                + "calls one always fails: the startup probe stops the pod, the liveness probe restarts the sidecar for "
                + "ever. Use httpGet, tcpSocket or grpc, or a program of the image itself.",
            in: .version,
            wrong: """
                container:
                  image: gcr.io/distroless/static-debian12:nonroot
                  startupProbe: {exec: {command: [sh, -c, "test -e /tmp/ready"]}}
                """,
            right: """
                container:
                  image: gcr.io/distroless/static-debian12:nonroot
                  ports: [{name: http, containerPort: 8080}]
                  startupProbe: {httpGet: {path: /ready, port: http}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for container in version.containers where KnownImage.hasNoShell(container.image) {
                for (command, pointer) in commands(of: container) {
                    guard let program = command[0]?.string, KnownImage.isShellTool(program) else { continue }
                    findings.add(
                        pages[0],
                        "the image '\(Excerpt.cut(container.image.repository))' has no '\(Excerpt.cut(program))'",
                        hint: "use httpGet, tcpSocket or grpc, or a program that the image has",
                        in: version.document,
                        at: pointer
                    )
                }
            }
        }
    }

    private static func commands(of container: LintedContainer) -> [(JSONValue, JSONPointer)] {
        let hooks = ["postStart", "preStop"].compactMap { hook in
            container.json["lifecycle"]?[hook].map {
                (hook, $0, container.pointer.appending("lifecycle").appending(hook))
            }
        }
        return (container.probes.map { ($0.field, $0.probe, $0.pointer) } + hooks).compactMap { _, action, pointer in
            action["exec"]?["command"].map { ($0, pointer.appending("exec").appending("command")) }
        }
    }
}
