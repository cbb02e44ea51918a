import JSON
import Kubernetes
import SidecarCatalog

/// A mount does not hide what the program needs.
enum HiddenContentRule: LintRule {
    static let pages = [
        CodePage(
            "hides-image-content",
            .warning,
            "A mount over a directory that the image has content in",
            "A volume shows nothing of what the image has below its path: over /etc the user names and the authorities "
                + "that TLS trusts are gone, over the program's own folder its plugins. Files of a sidecar are mounted a "
                + "directory at a time; put them into one of their own and tell the program where.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                files:
                  /etc/shipper.conf: {text: "level info"}
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0", args: [--config=/etc/pillion/shipper.conf]}
                files:
                  /etc/pillion/shipper.conf: {text: "level info"}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            var reported: Set<String> = []
            let files = version.version.files.map {
                ($0.directory, version.pointer.appending("files").appending($0.path), true)
            }
            let mounts = version.container.elements("volumeMounts").compactMap {
                mount -> (String, JSONPointer, Bool)? in
                guard mount.value["subPath"] == nil, mount.value["subPathExpr"] == nil else { return nil }
                let pointer = mount.pointer.appending("mountPath")
                return mount.value["mountPath"]?.string.map { (MountPath.clean($0), pointer, false) }
            }
            for (directory, pointer, isName) in files + mounts where !reported.contains(directory) {
                guard let severity = severity(directory, version.container.image) else { continue }
                reported.insert(directory)
                findings.add(
                    pages[0],
                    severity: severity,
                    "what the image has in '\(Excerpt.cut(directory))' is hidden by what is mounted there",
                    hint: isName ? "use a directory of its own, such as /etc/pillion" : "mount it elsewhere",
                    in: version.document,
                    at: pointer,
                    isAboutName: isName
                )
            }
        }
    }

    /// How much it matters that a directory is hidden; nil when nothing is known to be in it.
    private static func severity(_ directory: String, _ image: ImageName) -> Diagnostic.Severity? {
        if KnownImage.systemDirectories.contains(directory) { return .warning }
        return KnownImage.hasContent(image, in: directory) ? .note : nil
    }
}
