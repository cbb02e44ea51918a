import JSON

/// What the API server and ServiceAccount admission fill in between two calls of a webhook (Kubernetes:
/// pkg/apis/core/v1/defaults.go), and how it spells quantities again.
enum APIServerDefaults {
    static func applied(to pod: JSONValue) -> JSONValue {
        guard var spec = pod["spec"]?.object, var object = pod.object else { return pod }
        for list in ["initContainers", "containers"] {
            guard let containers = spec[list]?.array else { continue }
            spec[list] = .array(containers.map(container))
        }
        if let volumes = spec["volumes"]?.array {
            spec["volumes"] = .array(volumes.map(volume))
        }
        object["spec"] = .object(spec)
        return .object(object)
    }

    private static func container(_ value: JSONValue) -> JSONValue {
        guard var container = value.object else { return value }
        fill(
            &container,
            [
                "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
                "imagePullPolicy": "IfNotPresent", "resources": [:],
            ]
        )
        if var resources = container["resources"]?.object, let limits = resources["limits"]?.object {
            var requests = resources["requests"]?.object ?? JSONObject()
            for limit in limits.members where requests[limit.key] == nil { requests[limit.key] = limit.value }
            resources["requests"] = .object(requests)
            container["resources"] = .object(resources)
        }
        if let ports = container["ports"]?.array {
            container["ports"] = .array(ports.map { with($0, ["protocol": "TCP"]) })
        }
        for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
            guard let value = container[probe],
                var object = with(
                    value,
                    [
                        "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
                    ]
                ).object
            else { continue }
            if let get = object["httpGet"] { object["httpGet"] = with(get, ["scheme": "HTTP", "path": "/"]) }
            container[probe] = .object(object)
        }
        mountToken(&container)
        return .object(container)
    }

    /// ServiceAccount admission mounts the token wherever nothing is mounted at its path.
    private static func mountToken(_ container: inout JSONObject) {
        let path = "/var/run/secrets/kubernetes.io/serviceaccount"
        var mounts = container["volumeMounts"]?.array ?? []
        guard !mounts.contains(where: { $0["mountPath"]?.string == path }) else { return }
        mounts.append(["name": "kube-api-access-x7x7x", "readOnly": true, "mountPath": .string(path)])
        container["volumeMounts"] = .array(mounts)
    }

    private static func volume(_ value: JSONValue) -> JSONValue {
        guard var volume = value.object else { return value }
        if var directory = volume["emptyDir"]?.object, directory["sizeLimit"]?.string == "1024Mi" {
            directory["sizeLimit"] = "1Gi"
            volume["emptyDir"] = .object(directory)
        }
        for kind in ["configMap", "secret", "projected", "downwardAPI"] {
            guard let source = volume[kind], var object = with(source, ["defaultMode": 420]).object else { continue }
            if let items = object["items"]?.array {
                object["items"] = .array(
                    items.map { item in
                        guard var item = item.object, let field = item["fieldRef"] else { return item }
                        item["fieldRef"] = with(field, ["apiVersion": "v1"])
                        return .object(item)
                    }
                )
            }
            volume[kind] = .object(object)
        }
        return .object(volume)
    }

    private static func with(_ value: JSONValue, _ defaults: JSONObject) -> JSONValue {
        guard var object = value.object else { return value }
        fill(&object, defaults)
        return .object(object)
    }

    private static func fill(_ object: inout JSONObject, _ defaults: JSONObject) {
        for entry in defaults.members where object[entry.key] == nil { object[entry.key] = entry.value }
    }
}
