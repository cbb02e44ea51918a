public import Injection
public import JSON
public import Manifests
import SidecarCatalog

/// What a case says about the cluster around its pods.
///
/// | field | meaning | default |
/// |---|---|---|
/// | `namespace` | the namespace of pods that name none | `default` |
/// | `ownNamespace` | Pillion's own namespace | none |
/// | `clusterVersion` | the cluster's version, such as `"1.28"` | one with native sidecars |
/// | `date` | the day, such as `"2026-12-01"`, for the life cycles of versions | none: every version is current |
/// | `imagePullSecrets` | the pull secrets of the service account | what the pod lists is all |
/// | `templatePaths` | where other kinds hold their pods, such as `Rollout.argoproj.io=/spec/template` | none |
public struct GoldenOptions: Sendable {
    private static let fields = [
        "namespace", "ownNamespace", "clusterVersion", "date", "imagePullSecrets", "templatePaths",
    ]

    /// What is known about the pods.
    public private(set) var environment = PodEnvironment(namespace: "default")
    /// Where pods stand in workloads.
    public private(set) var templates = PodTemplatePaths.kubernetes

    /// The options of a case that has none.
    public init() {}

    /// Reads options.
    ///
    /// - Parameters:
    ///   - value: The document.
    ///   - file: Its name, for errors.
    /// - Throws: What is no option, and what is known.
    public init(_ value: JSONValue, file: String) throws(GoldenError) {
        guard let object = value.object else {
            throw GoldenError(code: .options, reason: "the options are not an object", location: file)
        }
        for member in object.members {
            guard try set(member.key, to: member.value, file) else {
                let known = Self.fields.joined(separator: ", ")
                let reason = "'\(member.key)' is no option, or its value is of another kind; known are \(known)"
                throw GoldenError(code: .options, reason: reason, location: file)
            }
        }
    }

    private mutating func set(_ field: String, to value: JSONValue, _ file: String) throws(GoldenError) -> Bool {
        switch (field, value) {
        case ("namespace", .string(let name)): environment.namespace = name
        case ("ownNamespace", .string(let name)): environment.ownNamespace = name
        case ("clusterVersion", .string(let text)):
            guard let version = KubernetesVersion(text) else { return false }
            environment.clusterVersion = version
        case ("date", .string(let text)):
            guard let date = CalendarDate(text) else { return false }
            environment.date = date
        case ("imagePullSecrets", .array(let names)):
            environment.pullSecrets = .known(names.compactMap(\.string))
        case ("templatePaths", .array(let paths)):
            for path in paths {
                guard let text = path.string, templates.declare(text) else { return false }
            }
        default: return false
        }
        return true
    }
}
