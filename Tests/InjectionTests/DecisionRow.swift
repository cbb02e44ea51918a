import Injection
import JSON
import SidecarCatalog
import Testing

/// One row of the decision: a pod, what is known about it, and what happens to it.
struct DecisionRow: CustomTestStringConvertible, Sendable {
    /// What the row shows.
    let name: String
    /// Fields below the catalog's `spec`, one a line.
    var policy: [String] = []
    /// The pod's annotations, without the domain.
    var annotations: [String: String] = [:]
    var labels: JSONObject = [:]
    var spec: JSONObject = [:]
    var metadata: JSONObject = [:]
    var namespace = "shop"
    var date: String?
    /// What the decision is.
    let decision: String
    let code: ReasonCode
    /// The sidecars that are added, with their versions.
    var added: [String] = []
    var warnings: [InjectionWarning.Code] = []

    var testDescription: String { name }

    /// The pod of the row.
    var pod: JSONValue {
        var metadata = metadata
        if !labels.isEmpty { metadata["labels"] = .object(labels) }
        var annotations = Dictionary(uniqueKeysWithValues: annotations.map { ("pillion.dev/\($0)", $1) })
        for member in metadata["annotations"]?.object?.members ?? [] {
            annotations[member.key] = member.value.string
        }
        return TestPod.pod(annotations: annotations, spec: spec, metadata: metadata)
    }

    /// What happens.
    func outcome() throws -> InjectionOutcome {
        let environment = PodEnvironment(namespace: namespace, date: date.flatMap { CalendarDate($0) })
        return try PodInjector(catalog: try TestCatalog.policy(policy)).decide(pod, environment)
    }
}

extension TestCatalog {
    /// A catalog whose sidecars have every kind of policy of their own.
    ///
    /// | sidecar | versions | policy |
    /// |---|---|---|
    /// | `agent` | 1.0.0 | only for namespaces `pay*` and the service account `web` |
    /// | `heavy` | 1.0.0 | its setup step requests 2 CPUs; exempt from Pod Security |
    /// | `logs` | 1.0.0 (stable), 1.1.0, 2.0.0 (next) | 1.0.0 deprecated in June 2027, ends in December |
    /// | `old` | 1.0.0 | conflicts with `logs`; ends in June 2027, enforced |
    /// | `proxy` | 1.0.0 | listens, so not on the host's network; its image is a parameter |
    static func policy(_ policy: [String] = []) throws -> Catalog {
        let container = "container: {image: registry.example/a:1.0.0, resources: {requests: {cpu: 100m, memory: 64Mi}}}"
        return try yaml(
            """
            apiVersion: pillion.dev/v1
            kind: Catalog
            metadata: {name: policy}
            spec:
              bundles: {web: [proxy, logs]}
            \(policy.map { "  \($0)" }.joined(separator: "\n"))
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: agent}
            spec:
              entitled: {namespaces: ["pay*"], serviceAccounts: [web]}
              versions: {1.0.0: {\(container)}}
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: heavy}
            spec:
              podSecurityException: captures the pod's traffic
              versions:
                1.0.0:
                  setup: {prepare: {image: registry.example/a:1.0.0, resources: {requests: {cpu: 2}}}}
                  \(container)
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: logs}
            spec:
              channels: {stable: 1.0.0, next: 2.0.0}
              versions:
                1.0.0:
                  lifecycle: {deprecatedAfter: 2027-06-01, sunsetAfter: 2027-12-01, replacedBy: 2.0.0}
                  \(container)
                1.1.0: {\(container)}
                2.0.0: {\(container)}
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: old}
            spec:
              conflicts: [logs]
              versions:
                1.0.0:
                  lifecycle: {sunsetAfter: 2027-06-01, enforce: deny}
                  \(container)
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: proxy}
            spec:
              versions:
                1.0.0:
                  parameters: {image: {type: image, default: registry.example/proxy:1.0.0}}
                  container: {image: $(params.image), ports: [{containerPort: 15106}]}
            """
        )
    }
}
