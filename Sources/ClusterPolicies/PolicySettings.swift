import JSON
import Kubernetes

/// What exported objects are called and whom they leave alone.
package struct PolicySettings: Sendable {
    /// The name of the objects, or what their names begin with: an RFC 1123 label.
    package let name: String
    /// Pillion's own namespace, whose pods are never touched; nil where it runs in none.
    package let ownNamespace: String?

    /// Checks the names.
    ///
    /// - Throws: `invalidName` naming the option.
    package init(name: String, ownNamespace: String?) throws(PolicyError) {
        for (option, value) in [("--name", name), ("--own-namespace", ownNamespace ?? "n")]
        where !KubernetesName.isLabel(value) {
            throw PolicyError(
                code: .invalidName,
                reason:
                    "\(option) '\(value.prefix(80))' is not a DNS label: at most 63 of a-z, 0-9 and '-', no '-' at an end",
                location: option
            )
        }
        self.name = name
        self.ownNamespace = ownNamespace
    }

    /// The metadata of a cluster-wide object.
    func metadata(_ suffix: String = "", of catalogHash: String) -> JSONValue {
        [
            "name": .string(name + suffix),
            "labels": [
                "app.kubernetes.io/name": "pillion", "app.kubernetes.io/component": "policy",
                "pillion.dev/catalog-hash": .string(catalogHash),
            ],
        ]
    }
}
