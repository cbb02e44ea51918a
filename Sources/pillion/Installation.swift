import ClusterPolicies
import JSON
import SidecarCatalog

/// The objects of an installation without Helm.
struct Installation {
    let service: String
    let namespace: String
    let image: String
    /// The authority of the serving certificate, base 64 of PEM; nil when the reader has to fill it in.
    let authority: String?
    let catalogFiles: JSONObject
    let catalog: Catalog
    let clientAuthority: Bool
    /// Whether the API server asks about pods again after all mutation.
    let isGuarding: Bool
    /// Whether the API server asks about workloads.
    let isAdvising: Bool
    /// What replicas that make their own certificates need, when they do.
    let selfSigned: SelfSignedInstallation?

    /// One object with a comment above it.
    struct Document {
        var comment = ""
        let value: JSONValue
    }

    /// The objects in the order in which they are to be created.
    var documents: [Document] {
        [Document(value: namespaceObject), Document(value: configMap), Document(value: serviceObject)]
            + (selfSigned?.documents(labels: labels) ?? [])
            + [
                Document(comment: certificateComment, value: deployment),
                Document(comment: authorityComment, value: webhookConfiguration),
            ]
            + (validatingConfiguration.map { [Document(comment: authorityComment, value: $0)] } ?? [])
    }

    private var certificateComment: String {
        guard selfSigned == nil else { return "" }
        return """
            # The certificate is the Secret \(service)-tls (type kubernetes.io/tls). To make one for development:
            #   pillion certs create --directory certs --service \(service) --namespace \(namespace)
            #   kubectl -n \(namespace) create secret tls \(service)-tls --cert certs/tls.crt --key certs/tls.key

            """
    }

    private var authorityComment: String {
        guard selfSigned == nil else {
            return "# caBundle is filled in by the replicas and changes with every new authority.\n"
        }
        return authority == nil ? AuthorityFile.missing : ""
    }

    private var labels: JSONObject {
        ["app.kubernetes.io/name": "pillion", "app.kubernetes.io/instance": .string(service)]
    }

    private func metadata(_ name: String) -> JSONValue {
        ["name": .string(name), "namespace": .string(namespace), "labels": .object(labels)]
    }

    private var namespaceObject: JSONValue {
        [
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": ["name": .string(namespace), "labels": ["pod-security.kubernetes.io/enforce": "restricted"]],
        ]
    }

    private var configMap: JSONValue {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("\(service)-catalog"),
            "data": .object(catalogFiles),
        ]
    }

    private var serviceObject: JSONValue {
        [
            "apiVersion": "v1", "kind": "Service", "metadata": metadata(service),
            "spec": [
                "selector": .object(labels), "ports": [["name": "https", "port": 443, "targetPort": "https"]],
            ],
        ]
    }

    private var deployment: JSONValue {
        var pod: JSONObject = [
            "automountServiceAccountToken": .bool(selfSigned != nil), "terminationGracePeriodSeconds": 60,
            "priorityClassName": "system-cluster-critical",
            "securityContext": [
                "runAsNonRoot": true, "runAsUser": 65_532, "runAsGroup": 65_532, "fsGroup": 65_532,
                "seccompProfile": ["type": "RuntimeDefault"],
            ],
            "containers": [container],
            "volumes": .array(volumes),
        ]
        pod["serviceAccountName"] = selfSigned.map { .string($0.serviceAccount) }
        return [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata(service),
            "spec": [
                "replicas": 2, "selector": ["matchLabels": .object(labels)],
                "template": ["metadata": ["labels": .object(labels)], "spec": .object(pod)],
            ],
        ]
    }

    private var volumes: [JSONValue] {
        let catalog: JSONValue = ["name": "catalog", "configMap": ["name": .string("\(service)-catalog")]]
        guard selfSigned == nil else { return [catalog] }
        return [
            ["name": "tls", "secret": ["secretName": .string("\(service)-tls"), "defaultMode": 288]], catalog,
        ]
    }

    private var container: JSONValue {
        let certificate: [JSONValue] =
            selfSigned?.arguments
            ?? ["--tls-cert=/etc/pillion/tls/tls.crt", "--tls-key=/etc/pillion/tls/tls.key"]
        let arguments: [JSONValue] = [
            "webhook", "--listen=[::]:10250", "--ops-listen=[::]:8081", "--catalog=/etc/pillion/catalog",
        ]
        let catalogMount: JSONValue = ["name": "catalog", "mountPath": "/etc/pillion/catalog", "readOnly": true]
        let mounts: [JSONValue] =
            selfSigned == nil
            ? [["name": "tls", "mountPath": "/etc/pillion/tls", "readOnly": true], catalogMount] : [catalogMount]
        let probe: JSONValue = ["path": "/readyz", "port": "https", "scheme": "HTTPS"]
        return [
            "name": "pillion", "image": .string(image), "args": .array(arguments + certificate),
            "env": [["name": "POD_NAMESPACE", "valueFrom": ["fieldRef": ["fieldPath": "metadata.namespace"]]]],
            "ports": [["name": "https", "containerPort": 10_250], ["name": "ops", "containerPort": 8081]],
            "startupProbe": ["httpGet": probe, "periodSeconds": 1, "failureThreshold": 30],
            "readinessProbe": ["httpGet": probe, "periodSeconds": 5],
            "livenessProbe": ["httpGet": ["path": "/livez", "port": "ops"], "periodSeconds": 10],
            "resources": ["requests": ["cpu": "50m", "memory": "64Mi"], "limits": ["memory": "256Mi"]],
            "securityContext": [
                "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": ["drop": ["ALL"]],
            ],
            "volumeMounts": .array(mounts),
        ]
    }

    private var webhookConfiguration: JSONValue {
        MutatingWebhook(
            name: service,
            client: .service(namespace: namespace, name: service, port: 443),
            authority: authority,
            catalog: catalog,
            ownNamespace: namespace
        ).document
    }

    private var validatingConfiguration: JSONValue? {
        ValidatingWebhooks(
            name: service,
            namespace: namespace,
            authority: authority,
            catalog: catalog,
            isGuarding: isGuarding,
            isAdvising: isAdvising
        ).document
    }
}
