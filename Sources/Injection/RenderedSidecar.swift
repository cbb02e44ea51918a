import JSON
import SidecarCatalog

/// A sidecar as pods with the same values get it: every template rendered, every volume renamed.
///
/// It holds nothing else of a pod, so that pods can share it.
final class RenderedSidecar: Sendable {
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
    /// Annotations of the catalog, then those of the inlined files.
    let annotations: [(key: String, value: String)]
    /// The inlined files among the annotations.
    let files: [(key: String, value: String)]
    let labels: [(key: String, value: String)]
    let imagePullSecrets: [JSONObject]
    /// Its containers in order.
    let containers: [JSONObject]
    /// Its init containers in order, the sidecar itself as a native one.
    let initContainers: [JSONValue]
    /// A hash of everything that was rendered, which changes when any of it does.
    let hash: String
    /// A hash of the inlined files; nil when there are none.
    let filesHash: String?

    /// Puts the rendered parts together.
    init(
        sidecar: Sidecar,
        version: SidecarVersion,
        container: JSONObject,
        setupBefore: [JSONObject],
        setupAfter: [JSONObject],
        volumes: [JSONObject],
        appMounts: [JSONObject],
        appEnvironment: [JSONObject],
        annotations: [(key: String, value: String)],
        files: [(key: String, value: String)],
        labels: [(key: String, value: String)],
        imagePullSecrets: [JSONObject]
    ) {
        self.sidecar = sidecar
        self.version = version
        self.container = container
        self.setupBefore = setupBefore
        self.setupAfter = setupAfter
        self.volumes = volumes
        self.appMounts = appMounts
        self.appEnvironment = appEnvironment
        self.annotations = annotations
        self.files = files
        self.labels = labels
        self.imagePullSecrets = imagePullSecrets
        self.containers = setupBefore + [container] + setupAfter
        self.initContainers = (setupBefore + [Self.native(container)] + setupAfter).map { .object($0) }
        self.hash =
            ContentHash(of: [
                .array(containers.map { .object($0) }),
                .array(volumes.map { .object($0) }),
                .array(appMounts.map { .object($0) }),
                .array(appEnvironment.map { .object($0) }),
                .array(annotations.map { [.string($0.key), .string($0.value)] }),
                .array(labels.map { [.string($0.key), .string($0.value)] }),
                .array(imagePullSecrets.map { .object($0) }),
            ]).description
        self.filesHash = files.isEmpty ? nil : Self.filesHash(files)
    }

    /// The sidecar's name, which is its container's.
    var name: String { sidecar.name.rawValue }

    /// The container as a native sidecar.
    private static func native(_ container: JSONObject) -> JSONObject {
        var native = JSONObject()
        for member in container.members {
            native[member.key] = member.value
            if member.key == "name" { native["restartPolicy"] = "Always" }
        }
        return native
    }

    /// The hash of files by annotation key and content.
    static func filesHash(_ files: [(key: String, value: String)]) -> String {
        ContentHash(of: .array(files.map { [.string($0.key), .string($0.value)] })).description
    }
}
