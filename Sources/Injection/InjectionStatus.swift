import JSON

/// What Pillion did to a pod, as written in the `status` annotation (schema 1).
///
/// It drives idempotence, removal and audit. It is information, not authority: whoever writes pods can write it, so the
/// real containers decide.
struct InjectionStatus: Sendable {
    /// The version of the annotation's layout.
    static let schema = 1
    /// A longer annotation is not read: the API server does not take one.
    static let maximumLength = ConflictCheck.maximumAnnotationBytes

    /// What was added for one sidecar.
    struct Entry: Sendable {
        var name: String
        var version: String
        /// A hash of everything that was rendered for this pod.
        var hash: String
        /// A hash of the inlined files, which nothing else changes; nil when there are none.
        var files: String?
        var initContainers: [String] = []
        var containers: [String] = []
        var volumes: [String] = []
        var annotations: [String] = []
        var labels: [String] = []
        var imagePullSecrets: [String] = []
        /// The mount paths added, by container.
        var mounts: [(container: String, names: [String])] = []
        /// The environment variables added, by container.
        var environment: [(container: String, names: [String])] = []
    }

    /// The sidecars, in start order.
    var entries: [Entry] = []
    /// The previous value of each annotation that was extended; nil where there was none.
    var previous: [(key: String, value: String?)] = []
    /// The parents that did not exist and were created.
    var created: [String] = []
    /// Those of the created parents that were there as `null`.
    var nulls: [String] = []

    /// What was added for the sidecar of a name.
    func entry(_ name: String) -> Entry? {
        entries.first { $0.name.hasSameBytes(as: name) }
    }
}
