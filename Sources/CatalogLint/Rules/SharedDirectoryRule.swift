import JSON
import SidecarCatalog

/// Who shares a directory can read each other's files in it.
enum SharedDirectoryRule: LintRule {
    static let pages = [
        CodePage(
            "shared-directory-group",
            .note,
            "A directory that is shared with the application by another user and group",
            "An emptyDir can be written by everybody, the files in it only by their owner. When the application's pod "
                + "sets no fsGroup and the sidecar runs as another user and group, whether one can read the other's "
                + "files depends on their modes. Run the sidecar as the application, or share its group.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  securityContext: {runAsUser: 2000}
                  volumeMounts: [{name: logs, mountPath: /logs}]
                volumes: [{name: logs, emptyDir: {}}]
                app: {volumeMounts: [{name: logs, mountPath: /var/log/app}]}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  securityContext: {runAsUser: 2000, runAsGroup: $(app.runAsGroup)}
                  volumeMounts: [{name: logs, mountPath: /logs}]
                volumes: [{name: logs, emptyDir: {}}]
                app: {volumeMounts: [{name: logs, mountPath: /var/log/app}]}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            let context = version.container.declared["securityContext"]
            guard context?["runAsUser"] != .string(Reference.appRunAsUser.description),
                context?["runAsGroup"] != .string(Reference.appRunAsGroup.description)
            else { continue }
            let mine = Set(version.container.elements("volumeMounts").compactMap { $0.value["name"]?.string })
            for mount in version.appMounts {
                guard let name = mount.value["name"]?.string, mine.contains(name),
                    version.declared["volumes"]?.array?.contains(where: {
                        $0["name"]?.string == name && $0["emptyDir"] != nil
                    })
                        == true
                else { continue }
                findings.add(
                    pages[0],
                    "the application and the sidecar share '\(name)' by different users, and no group is shared",
                    hint: "set runAsUser or runAsGroup to $(app.runAsUser) or $(app.runAsGroup)",
                    in: version.document,
                    at: mount.pointer
                )
            }
        }
    }
}
