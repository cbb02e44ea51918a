import JSON
import SidecarCatalog

/// A sidecar as one pod gets it: every template rendered, every volume renamed.
struct RenderedSidecar: Sendable {
    let sidecar: Sidecar
    let version: SidecarVersion
    /// The sidecar's own container, without `restartPolicy`.
    let container: JSONObject
    /// The run-to-completion containers that stand before it.
    let setupBefore: [JSONObject]
    /// The run-to-completion containers that stand after it.
    let setupAfter: [JSONObject]
    let volumes: [JSONObject]
    /// What the application's containers mount.
    let appMounts: [JSONObject]
    /// What the application's containers find in their environment.
    let appEnvironment: [JSONObject]
    /// The containers that receive the two.
    let receivers: [PodContainer]
    /// Annotations of the catalog, then those of the inlined files.
    let annotations: [(key: String, value: String)]
    /// The inlined files among the annotations.
    let files: [(key: String, value: String)]
    let labels: [(key: String, value: String)]
    let imagePullSecrets: [JSONObject]

    /// The sidecar's name, which is its container's.
    var name: String { sidecar.name.rawValue }

    /// Its init containers in order, the sidecar itself as a native one.
    var initContainers: [JSONValue] {
        var native = JSONObject()
        for member in container.members {
            native[member.key] = member.value
            if member.key == "name" { native["restartPolicy"] = "Always" }
        }
        return (setupBefore + [native] + setupAfter).map { .object($0) }
    }

    /// A hash of everything that was rendered, which changes when any of it does.
    var hash: String {
        ContentHash(of: [
            .array((setupBefore + [container] + setupAfter).map { .object($0) }),
            .array(volumes.map { .object($0) }),
            .array(appMounts.map { .object($0) }),
            .array(appEnvironment.map { .object($0) }),
            .array(annotations.map { [.string($0.key), .string($0.value)] }),
            .array(labels.map { [.string($0.key), .string($0.value)] }),
            .array(imagePullSecrets.map { .object($0) }),
        ]).description
    }

    /// A hash of the inlined files; nil when there are none.
    var filesHash: String? {
        files.isEmpty ? nil : Self.filesHash(files)
    }

    /// The hash of files by annotation key and content.
    static func filesHash(_ files: [(key: String, value: String)]) -> String {
        ContentHash(of: .array(files.map { [.string($0.key), .string($0.value)] })).description
    }
}
