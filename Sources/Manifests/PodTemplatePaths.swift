public import JSON

/// Which kinds of objects hold a pod, and where.
///
/// | kind | pod |
/// |---|---|
/// | Pod | the object itself |
/// | PodTemplate | `/template` |
/// | ReplicationController; Deployment, ReplicaSet, StatefulSet, DaemonSet (apps); Job (batch) | `/spec/template` |
/// | CronJob (batch) | `/spec/jobTemplate/spec/template` |
///
/// Other kinds are declared as `Kind.group=/path`.
public struct PodTemplatePaths: Sendable, Hashable {
    /// A kind in its API group, whatever the version.
    struct Kind: Sendable, Hashable {
        let name: String
        let group: String
    }

    private var paths: [Kind: JSONPointer]

    /// The kinds of Kubernetes itself.
    public static let kubernetes: PodTemplatePaths = {
        let spec = JSONPointer(["spec", "template"])
        var paths: [Kind: JSONPointer] = [
            Kind(name: "Pod", group: ""): JSONPointer(),
            Kind(name: "PodTemplate", group: ""): JSONPointer(["template"]),
            Kind(name: "ReplicationController", group: ""): spec,
            Kind(name: "Job", group: "batch"): spec,
            Kind(name: "CronJob", group: "batch"): JSONPointer(["spec", "jobTemplate", "spec", "template"]),
        ]
        for name in ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"] {
            paths[Kind(name: name, group: "apps")] = spec
            // Where these kinds lived before apps/v1; old manifests still say so.
            paths[Kind(name: name, group: "extensions")] = spec
        }
        return PodTemplatePaths(paths: paths)
    }()

    private init(paths: [Kind: JSONPointer]) {
        self.paths = paths
    }

    /// Declares where the pod lies in a kind of its own.
    ///
    /// - Parameter declaration: For example `Rollout.argoproj.io=/spec/template`; without a group the core group is
    ///   meant.
    /// - Returns: Whether the declaration could be read; nothing is changed otherwise.
    public mutating func declare(_ declaration: String) -> Bool {
        let parts = declaration.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let path = JSONPointer(parsing: String(parts[1])) else { return false }
        return declare(String(parts[0]), path)
    }

    /// Declares where the pod lies in the kind `kind`, for example `Rollout.argoproj.io`.
    public mutating func declare(_ kind: String, _ path: JSONPointer) -> Bool {
        let parts = kind.split(separator: ".", maxSplits: 1)
        guard let name = parts.first, !kind.hasPrefix(".") else { return false }
        paths[Kind(name: String(name), group: parts.dropFirst().first.map(String.init) ?? "")] = path
        return true
    }

    /// Where the pod lies in the kind, or nil when it has none.
    func path(_ kind: Kind) -> JSONPointer? {
        paths[kind]
    }
}
