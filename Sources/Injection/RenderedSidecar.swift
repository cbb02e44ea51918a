import JSON
import Kubernetes
import SidecarCatalog

/// A sidecar as pods with the same values get it: every template rendered, every volume renamed.
///
/// It holds nothing else of a pod, so that pods can share it.
final class RenderedSidecar: Sendable {
    let sidecar: Sidecar
    let version: SidecarVersion
    /// The sidecar's own container, without `restartPolicy`.
    let container: RenderedElement
    /// The run-to-completion containers.
    let setup: [RenderedElement]
    let volumes: [RenderedElement]
    /// What the application's containers mount, by path.
    let appMounts: [RenderedElement]
    /// What the application's containers find in their environment.
    let appEnvironment: [RenderedElement]
    /// Annotations of the catalog, then those of the inlined files.
    let annotations: [MetadataEntry]
    /// The keys of the inlined files among the annotations.
    let fileKeys: [String]
    let labels: [MetadataEntry]
    let imagePullSecrets: [RenderedElement]
    /// Its init containers in order, the sidecar itself as a native one.
    let initContainers: [RenderedElement]
    /// The ports on which it listens.
    let ports: [ContainerPort]
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
        self.container = RenderedElement(container)
        self.setup = (setupBefore + setupAfter).map { RenderedElement($0) }
        // What has no name tells nothing from anything; the catalog's checks leave no such element.
        self.volumes = volumes.map { RenderedElement($0) }.filter { !$0.key.isEmpty }
        self.appMounts = appMounts.map { RenderedElement($0, by: "mountPath") }.filter { !$0.key.isEmpty }
        self.appEnvironment = appEnvironment.map { RenderedElement($0) }.filter { !$0.key.isEmpty }
        self.annotations = annotations.map { MetadataEntry($0.key, $0.value) }
        self.fileKeys = files.map(\.key)
        self.labels = labels.map { MetadataEntry($0.key, $0.value) }
        self.imagePullSecrets = imagePullSecrets.map { RenderedElement($0) }
        self.initContainers = (setupBefore + [Self.native(container)] + setupAfter).map { RenderedElement($0) }
        self.ports = ContainerPort.ports(of: container)
        let containers = setupBefore + [container] + setupAfter
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

    /// How many bytes of JSON all its parts have.
    var textLength: Int {
        let elements = initContainers + [container] + volumes + appMounts + appEnvironment + imagePullSecrets
        let texts = elements.map(\.fragment.text) + (annotations + labels).map(\.fragment.text)
        return texts.reduce(0) { $0 + $1.count }
    }

    /// The sidecar's name, which is its container's.
    var name: String { sidecar.name.rawValue }
    /// Its containers in the order in which they would stand, the sidecar itself without `restartPolicy`.
    var containers: [RenderedElement] { [container] + setup }

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
