import JSON
import SidecarCatalog

/// The configuration files of a sidecar as annotations of the pod, and the downward API volumes that show them.
///
/// One volume for each directory; mode 0444. (Kubernetes: "Expose Pod Information to Containers Through Files".)
struct FileProjection {
    /// 0444 in the decimal that JSON has.
    private static let readOnlyMode = 292

    private(set) var annotations: [(key: String, value: String)] = []
    private(set) var volumes: [JSONObject] = []
    private(set) var mounts: [JSONObject] = []

    /// Renders the files of a version.
    init(
        sidecar: String,
        version: SidecarVersion,
        substitution: Substitution,
        keys: AnnotationKey
    ) throws(Reason) {
        var items: [(directory: String, items: [JSONValue])] = []
        for (index, file) in version.files.enumerated() {
            let key = keys.file(sidecar, index)
            annotations.append((key, file.content(try substitution.render(file.body))))
            let item: JSONValue = [
                "path": .string(file.name), "fieldRef": ["fieldPath": .string("metadata.annotations['\(key)']")],
            ]
            if let position = items.firstIndex(where: { $0.directory == file.directory }) {
                items[position].items.append(item)
            } else {
                items.append((file.directory, [item]))
            }
        }
        let taken = Set(version.volumes.map(\.podName))
        for (index, entry) in items.enumerated() {
            let volume = Self.name(sidecar, index, taken: taken)
            volumes.append([
                "name": .string(volume),
                "downwardAPI": ["items": .array(entry.items), "defaultMode": .integer(Self.readOnlyMode)],
            ])
            mounts.append(["name": .string(volume), "mountPath": .string(entry.directory), "readOnly": true])
        }
    }

    private static func name(_ sidecar: String, _ index: Int, taken: Set<String>) -> String {
        var name = index == 0 ? "\(sidecar)-files" : "\(sidecar)-files-\(index)"
        while taken.contains(name) {
            name += "-x"
        }
        return name
    }
}
