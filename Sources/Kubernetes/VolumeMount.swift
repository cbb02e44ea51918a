package import JSON

/// A mount of a container; read-only, with its paths as the kernel would see them.
package struct VolumeMount: Sendable, Hashable {
    /// The name of the volume; empty when it has none.
    package let volume: String
    /// The cleaned path in the container.
    package let path: String
    /// The cleaned path below the volume; empty for all of it.
    package let subPath: String

    /// Reads a mount; nil when it has no path.
    package init?(json: JSONValue) {
        guard let object = json.object, let path = object["mountPath"]?.string else { return nil }
        self.path = MountPath.clean(path)
        volume = object["name"]?.string ?? ""
        // What an expression stands for is known on the node only; until then it is compared as it is written.
        subPath = MountPath.cleanSubPath(object["subPath"]?.string ?? object["subPathExpr"]?.string ?? "")
    }
}
