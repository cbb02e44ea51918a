package import JSON
package import SidecarCatalog

/// The MutatingWebhookConfiguration by which the API server calls the webhook
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/).
package struct MutatingWebhook {
    /// The configuration's name.
    package let name: String
    /// Where the webhook is reached.
    package let client: WebhookClient
    /// The authority of the serving certificate, base 64 of PEM; nil when the reader has to fill it in.
    package let authority: String?
    /// The catalog, for the annotation domain and the excluded namespaces.
    package let catalog: Catalog
    /// The namespace of the webhook itself, whose pods it is never asked about; nil where it runs in none.
    package let ownNamespace: String?

    /// Describes a webhook.
    package init(
        name: String,
        client: WebhookClient,
        authority: String?,
        catalog: Catalog,
        ownNamespace: String?
    ) {
        self.name = name
        self.client = client
        self.authority = authority
        self.catalog = catalog
        self.ownNamespace = ownNamespace
    }

    /// The configuration.
    package var document: JSONValue {
        var configuration = client.configuration
        if let authority { configuration["caBundle"] = .string(authority) }
        let match = PodMatch(catalog: catalog, ownNamespace: ownNamespace)
        return [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
            "metadata": [
                "name": .string(name),
                "labels": ["app.kubernetes.io/name": "pillion", "app.kubernetes.io/instance": .string(name)],
            ],
            "webhooks": [
                [
                    "name": .string("inject.\(catalog.annotationDomain)"), "clientConfig": .object(configuration),
                    "admissionReviewVersions": ["v1", "v1beta1"], "sideEffects": "None", "failurePolicy": "Ignore",
                    "reinvocationPolicy": "IfNeeded", "matchPolicy": "Equivalent", "timeoutSeconds": 5,
                    "rules": [PodMatch.rule(["CREATE"])],
                    "namespaceSelector": .object(match.namespaceSelector),
                ]
            ],
        ]
    }
}
