/// A volume that a sidecar brings along.
public struct VolumeTemplate: Sendable {
    /// The name in the catalog, which mounts refer to.
    public let name: String
    /// The name in the pod: the same when it is shared, else with the sidecar's name and `-` in front.
    public let podName: String
    /// Whether several sidecars may bring the same volume, which is then added once.
    public let isShared: Bool
    /// The volume's source as an object, such as `{"emptyDir": {}}`, without `name` and `shared`.
    public let body: Template
}
