import Injection
import JSON
import Manifests

/// What the `functionConfig` of a `ResourceList` asks for, on top of what the command line says.
///
/// The options stand in the `data` of a ConfigMap or in the `spec` of any other kind. Lists are arrays, or texts with
/// commas.
///
/// | option | as on the command line |
/// |---|---|
/// | `namespace` | `--namespace` |
/// | `clusterVersion` | `--cluster-version` |
/// | `imagePullSecrets` | `--image-pull-secret` |
/// | `templatePaths` | `--template-path` |
/// | `only` | `--only` |
struct FunctionConfiguration {
    /// What is known about the list's pods.
    private(set) var scope: WorkloadScope
    /// Which workloads are meant.
    private(set) var filter: WorkloadFilter

    private let document: ManifestDocument

    /// Reads the configuration of a `ResourceList`; what it does not say is as in `scope` and `filter`.
    init(of document: ManifestDocument, from scope: WorkloadScope, filter: WorkloadFilter) throws(WorkloadError) {
        self.document = document
        self.scope = scope
        self.filter = filter
        let configuration = document.value["functionConfig"]
        let member = configuration?["kind"]?.string == "ConfigMap" ? "data" : "spec"
        for option in configuration?[member]?.object?.members ?? [] {
            try read(option, at: JSONPointer(["functionConfig", member, option.key]))
        }
    }

    private mutating func read(_ option: JSONObject.Member, at place: JSONPointer) throws(WorkloadError) {
        guard let values = Self.list(option.value) else {
            throw error("\(option.key) must be a string or a list of strings", at: place)
        }
        switch option.key {
        case "namespace": scope.environment.namespace = values.joined()
        case "clusterVersion":
            guard let version = KubernetesVersion(values.joined()) else {
                throw error("'\(values.joined())' is not a Kubernetes version such as 1.33", at: place)
            }
            scope.environment.clusterVersion = version
        case "imagePullSecrets": scope.environment.pullSecrets = .known(values)
        case "templatePaths":
            for declaration in values where !scope.templates.declare(declaration) {
                throw error("'\(declaration)' is not of the form Rollout.argoproj.io=/spec/template", at: place)
            }
        case "only": filter = WorkloadFilter(values)
        default:
            let known = "namespace, clusterVersion, imagePullSecrets, templatePaths and only"
            throw error("there is no option \(Excerpt.quote(option.key)); there are \(known)", at: place)
        }
    }

    private func error(_ reason: String, at place: JSONPointer) -> WorkloadError {
        WorkloadError(code: .functionConfiguration, reason: reason, location: document.location(of: place))
    }

    private static func list(_ value: JSONValue) -> [String]? {
        switch value {
        case .string(let text):
            return text.split { $0 == "," || $0 == " " || $0 == "\n" }.map(String.init)
        // A version such as 1.33 is a number where nobody quotes it.
        case .number(let number): return [number.lexeme]
        case .array(let elements):
            let texts = elements.compactMap(\.string)
            return texts.count == elements.count ? texts : nil
        default: return nil
        }
    }
}
