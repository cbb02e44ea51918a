import JSON
import SidecarCatalog

/// `runAsNonRoot` needs a user that the kubelet can check.
enum UserRule: LintRule {
    static let pages = [
        CodePage(
            "non-root-without-user",
            .warning,
            "runAsNonRoot without a user",
            "The kubelet refuses to start a container that must not run as root when the image names no user, or names "
                + "it by a word that it cannot check. Whether that is so changes with the image; a number does not.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  securityContext: {runAsNonRoot: true}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  securityContext: {runAsNonRoot: true, runAsUser: 65532}
                """
        ),
        CodePage(
            "non-root-as-root",
            .error,
            "runAsNonRoot with the user 0",
            "The kubelet never starts such a container, so no pod with the sidecar becomes ready.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  securityContext: {runAsNonRoot: true, runAsUser: 0}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  securityContext: {runAsNonRoot: true, runAsUser: 65532}
                """
        ),
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for container in version.containers where container.json["securityContext"]?["runAsNonRoot"] == true {
                let user = container.json["securityContext"]?["runAsUser"]
                let place = container.pointer.appending("securityContext")
                if user == 0 {
                    let message = "the container must not run as root and has the user 0"
                    let user = place.appending("runAsUser")
                    findings.add(pages[1], message, hint: "name another", in: version.document, at: user)
                } else if user == nil || user?.isNull == true {
                    findings.add(
                        pages[0],
                        "whether the container may start depends on the user that its image names",
                        hint: "add runAsUser, such as 65532 or $(app.runAsUser)",
                        in: version.document,
                        at: place.appending("runAsNonRoot"),
                        isAboutName: true
                    )
                }
            }
        }
    }
}
