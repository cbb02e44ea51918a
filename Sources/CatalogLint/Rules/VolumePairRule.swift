import JSON
import SidecarCatalog

/// Sidecars that share a volume mean the same volume.
enum VolumePairRule: LintRule {
    static let pages = [
        CodePage(
            "shared-volume-differs",
            .warning,
            "A shared volume that two sidecars declare differently",
            "A volume with `shared: true` keeps its name, and is added once when all declarations are the same. When "
                + "they differ, a pod that asks for both sidecars is denied.",
            in: .documents,
            wrong: example("1Gi"),
            right: example("64Mi")
        )
    ]

    private static func example(_ size: String) -> String {
        PairExample.documents(
            cache: """
                container: {image: "registry.acme.example/cache:1.0.0", volumeMounts: [{name: run, mountPath: /run/acme}]}
                volumes: [{name: run, shared: true, emptyDir: {sizeLimit: 64Mi}}]
                """,
            proxy: """
                container: {image: "registry.acme.example/proxy:1.0.0", volumeMounts: [{name: run, mountPath: /run/acme}]}
                volumes: [{name: run, shared: true, emptyDir: {sizeLimit: \(size)}}]
                """
        )
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let index = PairIndex<String>(catalog) { version in
            zip(version.version.volumes, version.volumes).filter(\.0.isShared).map { template, rendered in
                (template.name, rendered.value, rendered.pointer)
            }
        }
        index.forEachPair(in: catalog, sameIsFine: true) { name, first, second in
            findings.add(
                pages[0],
                "the shared volume '\(name)' is another one in sidecar '\(first.version.sidecar.name)'",
                hint: "declare the same source in both, or do not share it",
                in: second.version.document,
                at: second.pointer,
                others: [first.version.document]
            )
        }
    }
}
