package import JSON
package import SidecarCatalog
import Injection

/// A ValidatingAdmissionPolicy that checks pods after all mutation
/// (https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/).
///
/// It makes `failurePolicy: Ignore` of the webhook safe: a pod that went by it without its sidecars is found here, in
/// the API server itself.
///
/// | the pod | finding |
/// |---|---|
/// | asks for a name that the catalog does not have (`unknown: deny`) | unknown |
/// | lacks an init container of the name of a sidecar it asks for, or that a rule wants | missing |
/// | has it without `restartPolicy: Always`, so that it would have to end before the application starts | not native |
/// | has it with an image of no version in the catalog, or gets such a one by an update | not approved |
/// | is updated in what Pillion wrote: its status and its files | changed |
///
/// Expressions only use what API servers since 1.30 have. Loops go over what the pod asks for, at most 65 names, and
/// over its init containers; the lists of the catalog are looked up by key.
package struct ValidatingPolicy {
    let catalog: Catalog
    let keys: AnnotationKey
    private let settings: PolicySettings
    private let actions: [ValidationAction]

    /// Makes the policy of a catalog.
    ///
    /// - Throws: `conflictingActions`.
    package init(
        catalog: Catalog,
        settings: PolicySettings,
        actions: [ValidationAction] = [.warn, .audit]
    ) throws(PolicyError) {
        self.catalog = catalog
        self.settings = settings
        self.actions = try ValidationAction.checked(actions)
        keys = AnnotationKey(domain: catalog.annotationDomain)
    }

    /// The policy and the binding that puts it in force.
    ///
    /// - Throws: `expressionTooLong` for a catalog whose lists the API server's compiler would not take.
    package func documents() throws(PolicyError) -> [JSONValue] {
        let match = PodMatch(catalog: catalog, ownNamespace: settings.ownNamespace)
        let variables = self.variables
        for variable in variables where variable.expression.unicodeScalars.count > CEL.maximumLength {
            throw PolicyError(
                code: .expressionTooLong,
                reason:
                    "the expression for '\(variable.name)' has over \(CEL.maximumLength) characters; the API server takes no longer ones: export parts of the catalog",
                location: variable.name
            )
        }
        let conditions = match.conditions + (catalog.rules.isEmpty ? [concerned] : [])
        return [
            [
                "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
                "metadata": settings.metadata(of: catalog.hash),
                "spec": [
                    "failurePolicy": "Fail", "matchConstraints": match.constraints(["CREATE", "UPDATE"]),
                    "matchConditions": .array(conditions),
                    "variables": .array(variables.map { PodMatch.named($0.name, $0.expression) }),
                    "validations": .array(validations),
                ],
            ],
            [
                "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
                "metadata": settings.metadata(of: catalog.hash),
                "spec": [
                    "policyName": .string(settings.name),
                    "validationActions": .array(actions.map { .string($0.rawValue) }),
                ],
            ],
        ]
    }

    /// Without rules only pods that carry one of our annotations are looked at.
    private var concerned: JSONValue {
        let status = CEL.quoted(keys.status)
        return PodMatch.named(
            "asks-or-was-injected",
            """
            has(object.metadata.annotations)
            && (\(CEL.quoted(keys.inject)) in object.metadata.annotations || \(status) in object.metadata.annotations)
            || oldObject != null && has(oldObject.metadata.annotations) && \(status) in oldObject.metadata.annotations
            """
        )
    }

    private var validations: [JSONValue] {
        let unknown = validation(
            "variables.unknown.size() == 0",
            "' asks for ' + variables.unknown.join(', ') + \(CEL.quoted(", which the catalog \(catalog.name) does not have"))",
            "the pod asks for a sidecar that the catalog does not have"
        )
        return (catalog.unknown == .deny ? [unknown] : []) + [
            validation(
                "variables.missing.size() == 0",
                "' lacks the sidecar ' + variables.missing.join(', ')\n+ ': the webhook did not see the pod, or something took the sidecar out'",
                "the pod lacks a sidecar that it is to have"
            ),
            validation(
                "variables.stripped.size() == 0",
                "' has ' + variables.stripped.join(', ') + ' without restartPolicy: Always'\n+ ': another webhook removed it, and the pod would never start'",
                "a sidecar of the pod has lost restartPolicy: Always"
            ),
            validation(
                "variables.unapproved.size() == 0",
                "' has images that no version in the catalog has: '\n+ variables.unapproved.map(c, c.name + ' (' + (has(c.image) ? c.image : 'none') + ')').join(', ')",
                "a sidecar of the pod has an image that no version in the catalog has"
            ),
            validation(
                "variables.changed.size() == 0",
                "' must keep what Pillion wrote: ' + variables.changed.join(', ')",
                "annotations that Pillion wrote cannot be changed"
            ),
        ]
    }

    /// A validation; `message` goes on after the pod's name.
    private func validation(_ expression: String, _ message: String, _ fallback: String) -> JSONValue {
        [
            "expression": .string(expression), "message": .string(fallback),
            "messageExpression": .string("variables.pod + \(message)"), "reason": "Forbidden",
        ]
    }
}
