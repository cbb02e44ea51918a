import JSON
import KubernetesAPI

/// The objects that let replicas keep their certificates themselves, with the least rights that do.
///
/// | object | what it allows |
/// |---|---|
/// | Role | get, update and watch one Secret, by name |
/// | ClusterRole | get, patch and watch the webhook configurations, by name |
///
/// Nothing may be created, listed or deleted; the Secret comes empty with the installation.
struct SelfSignedInstallation {
    /// The service account of the replicas.
    let serviceAccount: String
    /// Its namespace.
    let namespace: String
    /// The Secret that is shared.
    let secret: ObjectReference
    /// The webhook configurations that are kept.
    let configurations: [ObjectReference]

    /// The objects in the order in which they are to be created, each with the comment above it.
    func documents(labels: JSONObject) -> [Installation.Document] {
        let metadata: (String?) -> JSONValue = { space in
            var object: JSONObject = ["name": .string(name)]
            object["namespace"] = space.map { .string($0) }
            object["labels"] = .object(labels)
            return .object(object)
        }
        return [
            Installation.Document(value: account(labels)),
            Installation.Document(
                comment: "# Filled in by the replicas.\n",
                value: secretObject(labels)
            ),
            Installation.Document(
                value: role(
                    "Role",
                    metadata(secret.namespace),
                    [rule(for: [secret], verbs: ["get", "update", "watch"])]
                )
            ),
            Installation.Document(value: binding("Role", metadata(secret.namespace))),
            Installation.Document(value: role("ClusterRole", metadata(nil), configurationRules)),
            Installation.Document(value: binding("ClusterRole", metadata(nil))),
        ]
    }

    /// The flags by which the replicas find the objects.
    var arguments: [JSONValue] {
        let names = configurations.map { object in
            "\(object.resource.hasPrefix("mutating") ? "mutating" : "validating")/\(object.name)"
        }
        return [
            "--self-signed", .string("--self-signed-secret=\(secret.namespace ?? "")/\(secret.name)"),
            .string("--self-signed-service=\(serviceAccount)"),
            .string("--self-signed-webhook=\(names.joined(separator: ","))"),
        ]
    }

    private var name: String { "\(serviceAccount)-self-signed" }

    private func account(_ labels: JSONObject) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "ServiceAccount",
            "metadata": [
                "name": .string(serviceAccount), "namespace": .string(namespace), "labels": .object(labels),
            ],
            "automountServiceAccountToken": false,
        ]
    }

    private func secretObject(_ labels: JSONObject) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
            "metadata": [
                "name": .string(secret.name), "namespace": .string(secret.namespace ?? ""), "labels": .object(labels),
            ],
        ]
    }

    private var configurationRules: [JSONValue] {
        ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]
            .map { resource in configurations.filter { $0.resource == resource } }
            .filter { !$0.isEmpty }
            .map { rule(for: $0, verbs: ["get", "patch", "watch"]) }
    }

    private func rule(for objects: [ObjectReference], verbs: [JSONValue]) -> JSONValue {
        [
            "apiGroups": [.string(objects.first?.group ?? "")],
            "resources": [.string(objects.first?.resource ?? "")],
            "resourceNames": .array(objects.map { .string($0.name) }),
            "verbs": .array(verbs),
        ]
    }

    private func role(_ kind: String, _ metadata: JSONValue, _ rules: [JSONValue]) -> JSONValue {
        [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": .string(kind), "metadata": metadata,
            "rules": .array(rules),
        ]
    }

    private func binding(_ kind: String, _ metadata: JSONValue) -> JSONValue {
        [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": .string("\(kind)Binding"), "metadata": metadata,
            "roleRef": [
                "apiGroup": "rbac.authorization.k8s.io", "kind": .string(kind), "name": .string(name),
            ],
            "subjects": [
                ["kind": "ServiceAccount", "name": .string(serviceAccount), "namespace": .string(namespace)]
            ],
        ]
    }
}
