import JSON
import Kubernetes
import SidecarCatalog

/// Sidecars mount at different places of the application's containers.
enum MountPairRule: LintRule {
    static let pages = [
        CodePage(
            "mount-conflict",
            .warning,
            "Two sidecars that mount at the same place in the application",
            "A path of a container can be mounted once, and `/logs/` and `/logs` are the same. A pod that asks for both "
                + "sidecars is denied.",
            in: .documents,
            wrong: example("/logs/"),
            right: example("/events")
        )
    ]

    private static func example(_ path: String) -> String {
        PairExample.documents(
            cache: "volumes: [{name: out, emptyDir: {}}]\napp: {volumeMounts: [{name: out, mountPath: /logs}]}",
            proxy: "volumes: [{name: out, emptyDir: {}}]\napp: {volumeMounts: [{name: out, mountPath: \(path)}]}"
        )
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let index = PairIndex<String>(catalog) { version in
            version.appMounts.compactMap { mount in
                guard let path = mount.value["mountPath"]?.string else { return nil }
                let name = mount.value["name"]?.string.flatMap { version.version.volume($0)?.podName } ?? ""
                let volume: JSONValue = [.string(name), mount.value["subPath"] ?? .null]
                return (MountPath.clean(path), volume, mount.pointer.appending("mountPath"))
            }
        }
        index.forEachPair(in: catalog, sameIsFine: true) { path, first, second in
            findings.add(
                pages[0],
                "sidecar '\(first.version.sidecar.name)' mounts another volume at '\(Excerpt.cut(path))'",
                hint: "use another path, or list one sidecar in the 'conflicts' of the other",
                in: second.version.document,
                at: second.pointer,
                others: [first.version.document]
            )
        }
    }
}
