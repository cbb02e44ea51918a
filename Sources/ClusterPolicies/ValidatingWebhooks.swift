package import JSON
package import SidecarCatalog

/// The ValidatingWebhookConfiguration by which the API server calls `/validate` and `/advise` of a Service
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/).
///
/// | webhook | about | while it cannot be asked |
/// |---|---|---|
/// | `validate` | CREATE and UPDATE of pods, after all mutation | Fail: what it did not see would be a hole |
/// | `advise` | CREATE and UPDATE of workloads | Ignore: it only warns |
package struct ValidatingWebhooks {
    /// The name of the configuration and of the Service.
    package let name: String
    /// The namespace of the Service, whose pods the webhooks are never asked about.
    package let namespace: String
    /// The authority of the serving certificate, base 64 of PEM; nil when the reader has to fill it in.
    package let authority: String?
    /// The catalog, for the annotation domain and the excluded namespaces.
    package let catalog: Catalog
    /// Whether pods without their sidecars are refused.
    package let isGuarding: Bool
    /// Whether authors of workloads are warned.
    package let isAdvising: Bool

    /// Describes the webhooks of a Service.
    package init(
        name: String,
        namespace: String,
        authority: String?,
        catalog: Catalog,
        isGuarding: Bool,
        isAdvising: Bool
    ) {
        self.name = name
        self.namespace = namespace
        self.authority = authority
        self.catalog = catalog
        self.isGuarding = isGuarding
        self.isAdvising = isAdvising
    }

    /// The configuration; nil when neither webhook is wanted.
    package var document: JSONValue? {
        let pods = PodMatch.rule(["CREATE", "UPDATE"])
        let workloads = [
            Self.rule("apps", ["deployments", "statefulsets", "daemonsets"]), Self.rule("batch", ["jobs", "cronjobs"]),
        ]
        let webhooks =
            (isGuarding ? [webhook("validate", failurePolicy: "Fail", rules: [pods], conditions: conditions)] : [])
            + (isAdvising ? [webhook("advise", failurePolicy: "Ignore", rules: workloads, conditions: [])] : [])
        guard !webhooks.isEmpty else { return nil }
        return [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": [
                "name": .string(name),
                "labels": ["app.kubernetes.io/name": "pillion", "app.kubernetes.io/instance": .string(name)],
            ],
            "webhooks": .array(webhooks),
        ]
    }

    /// Which pods are asked about.
    ///
    /// Where the catalog has no rules, a pod that never had an annotation of ours starts even while nobody answers.
    private var conditions: [JSONValue] {
        let match = PodMatch(catalog: catalog, ownNamespace: namespace)
        guard catalog.rules.isEmpty else { return match.conditions }
        let isOurs = "\(isAnnotated("object")) || oldObject != null && \(isAnnotated("oldObject"))"
        return match.conditions + [PodMatch.named("has-our-annotation", isOurs)]
    }

    private func isAnnotated(_ pod: String) -> String {
        let domain = catalog.annotationDomain
        return "has(\(pod).metadata.annotations) && "
            + "\(pod).metadata.annotations.exists(k, k.startsWith('\(domain)/') || k.contains('.\(domain)/'))"
    }

    private func webhook(
        _ path: String,
        failurePolicy: String,
        rules: [JSONValue],
        conditions: [JSONValue]
    ) -> JSONValue {
        var client: JSONObject = [
            "service": [
                "name": .string(name), "namespace": .string(namespace), "path": .string("/\(path)"), "port": 443,
            ]
        ]
        if let authority { client["caBundle"] = .string(authority) }
        let match = PodMatch(catalog: catalog, ownNamespace: namespace)
        var webhook: JSONObject = [
            "name": .string("\(path).\(catalog.annotationDomain)"), "clientConfig": .object(client),
            "admissionReviewVersions": ["v1", "v1beta1"], "sideEffects": "None",
            "failurePolicy": .string(failurePolicy), "matchPolicy": "Equivalent", "timeoutSeconds": 5,
            "rules": .array(rules), "namespaceSelector": .object(match.namespaceSelector),
        ]
        if !conditions.isEmpty { webhook["matchConditions"] = .array(conditions) }
        return .object(webhook)
    }

    private static func rule(_ group: String, _ resources: [String]) -> JSONValue {
        [
            "operations": ["CREATE", "UPDATE"], "apiGroups": [.string(group)], "apiVersions": ["v1"],
            "resources": .array(resources.map { .string($0) }), "scope": "Namespaced",
        ]
    }
}
