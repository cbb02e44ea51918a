import JSON
import SidecarCatalog

/// Which requests about pods the API server takes to a policy or a webhook.
struct PodMatch {
    let catalog: Catalog
    let ownNamespace: String?

    /// The names of namespaces that a selector by label keeps away before any expression or call.
    var excludedNames: [String] {
        var seen: Set<String> = []
        let names = (ownNamespace.map { [$0] } ?? []) + catalog.excludedNamespaces.filter { !$0.contains("*") }
        return names.filter { seen.insert($0).inserted }
    }

    /// The namespaces that are meant; every namespace has its own name as a label.
    var namespaceSelector: JSONObject {
        guard !excludedNames.isEmpty else { return [:] }
        return [
            "matchExpressions": [
                [
                    "key": "kubernetes.io/metadata.name", "operator": "NotIn",
                    "values": .array(excludedNames.map { .string($0) }),
                ]
            ]
        ]
    }

    /// The rule that means pods, not their subresources.
    static func rule(_ operations: [String]) -> JSONValue {
        [
            "operations": .array(operations.map { .string($0) }), "apiGroups": [""], "apiVersions": ["v1"],
            "resources": ["pods"], "scope": "Namespaced",
        ]
    }

    /// The `matchConstraints` of a policy.
    func constraints(_ operations: [String]) -> JSONValue {
        [
            "matchPolicy": "Equivalent", "namespaceSelector": .object(namespaceSelector),
            "resourceRules": [Self.rule(operations)],
        ]
    }

    /// The conditions that every policy has: the pod is no mirror of a static one, and the catalog's patterns of
    /// excluded namespaces do not match.
    var conditions: [JSONValue] {
        var conditions = [
            Self.named(
                "is-no-mirror-pod",
                "!has(object.metadata.annotations) || !('kubernetes.io/config.mirror' in object.metadata.annotations)"
            )
        ]
        let globs = catalog.excludedNamespaces.filter { $0.contains("*") }
        if !globs.isEmpty {
            let test = CEL.matches("request.namespace", globs) ?? "true"
            conditions.append(Self.named("is-not-in-an-excluded-namespace", "!\(test)"))
        }
        return conditions
    }

    /// A condition or variable.
    static func named(_ name: String, _ expression: String) -> JSONValue {
        ["name": .string(name), "expression": .string(expression)]
    }
}
