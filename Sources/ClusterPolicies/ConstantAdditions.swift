import Injection
import JSON
import SidecarCatalog

/// What every pod gets for a sidecar whose parts do not depend on the pod, taken from what the engine itself makes of a
/// pod without anything.
struct ConstantAdditions {
    /// Why a sidecar cannot be given by a policy.
    struct Refusal: Error {
        /// A phrase behind the sidecar's name.
        let reason: String
    }

    let version: SidecarVersion
    let initContainers: [JSONValue]
    let volumes: [JSONValue]
    let volumeMounts: [JSONValue]
    let environment: [JSONValue]
    let annotations: [JSONObject.Member]
    let labels: [JSONObject.Member]
    let imagePullSecrets: [JSONValue]

    /// The annotation that the engine extends instead of adding it.
    static let safeToEvict = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"

    /// Renders a sidecar in the version that a pod gets which names none.
    ///
    /// - Parameters:
    ///   - sidecar: The sidecar.
    ///   - catalog: The catalog that it is in.
    ///   - withDefaults: Whether parameters may have their defaults.
    /// - Throws: Why the sidecar is not the same for every pod.
    init(of sidecar: Sidecar, in catalog: Catalog, withDefaults: Bool) throws(Refusal) {
        guard let version = sidecar.version(matching: nil) else {
            throw Refusal(reason: "has no version for pods that name none")
        }
        try Self.check(version, withDefaults: withDefaults)
        guard catalog.rollouts[sidecar.name] == nil else {
            throw Refusal(reason: "is being rolled out, which goes by the workload's name")
        }
        let pod = try Self.injected(sidecar, catalog)
        let keys = AnnotationKey(domain: catalog.annotationDomain)
        let container = pod["spec"]?["containers"]?.array?.first
        self.version = version
        initContainers = pod["spec"]?["initContainers"]?.array ?? []
        volumes = pod["spec"]?["volumes"]?.array ?? []
        volumeMounts = container?["volumeMounts"]?.array ?? []
        environment = container?["env"]?.array ?? []
        let added = pod["metadata"]?["annotations"]?.object?.members ?? []
        annotations = added.filter { ![keys.inject, keys.status, Self.safeToEvict].contains($0.key) }
        labels = pod["metadata"]?["labels"]?.object?.members ?? []
        imagePullSecrets = pod["spec"]?["imagePullSecrets"]?.array ?? []
    }

    /// The names of the volumes on the node's disk, which do not keep the cluster autoscaler from removing a node.
    var localVolumes: [String] {
        volumes.filter { $0["emptyDir"] != nil }.compactMap { $0["name"]?.string }
    }

    private static func check(_ version: SidecarVersion, withDefaults: Bool) throws(Refusal) {
        if let reference = version.contextReferences.first {
            throw Refusal(reason: "refers to the pod by \(reference)")
        }
        if !withDefaults, let parameter = version.parameters.first {
            let others = version.parameters.count - 1
            throw Refusal(reason: "has the parameter \(parameter.name)" + (others > 0 ? " and \(others) more" : ""))
        }
        if let parameter = version.parameters.first(where: \.isRequired) {
            throw Refusal(reason: "has the parameter \(parameter.name), which every pod has to set")
        }
    }

    /// A pod that asks for nothing else, after injection where the sidecar is entitled.
    private static func injected(_ sidecar: Sidecar, _ catalog: Catalog) throws(Refusal) -> JSONValue {
        let account = sample(sidecar.entitled.serviceAccounts)
        let probe: JSONValue = [
            "metadata": [
                "name": "probe",
                "annotations": .object(["\(catalog.annotationDomain)/inject": .string(sidecar.name.rawValue)]),
            ],
            "spec": [
                "serviceAccountName": .string(account),
                "containers": [["name": "pillion-probe", "image": "registry.example/probe:1.0.0"]],
            ],
        ]
        guard let pod = try? Pod(json: probe) else { throw Refusal(reason: "cannot be tried") }
        let environment = PodEnvironment(namespace: sample(sidecar.entitled.namespaces))
        let outcome = PodInjector(catalog: catalog).decide(pod, in: environment)
        guard case .inject = outcome.decision else {
            throw Refusal(reason: "is not given to a plain pod: \(outcome.decision.reason.message)")
        }
        return outcome.pod
    }

    /// A name that one of the patterns matches.
    private static func sample(_ globs: GlobList) -> String {
        guard !globs.matchesAll, let pattern = globs.patterns.first else { return "default" }
        return String(pattern.map { $0 == "*" ? "x" : $0 })
    }
}
