public import JSON

/// What the API server fills in before a webhook sees a pod again (Kubernetes 1.37, pkg/apis/core/v1/defaults.go).
///
/// Only what a pod of the catalog can have is filled in. A value that has not the shape of its field stays as it is.
public enum PodDefaults {
    private static let spec: JSONObject = [
        "restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "terminationGracePeriodSeconds": 30,
        "schedulerName": "default-scheduler", "enableServiceLinks": true, "securityContext": [:],
    ]
    private static let container: JSONObject = [
        "resources": [:], "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
    ]
    private static let probe: JSONObject = [
        "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
    ]
    /// The mode 0644 in decimal.
    private static let volumes: JSONObject = [
        "secret": ["defaultMode": 420], "configMap": ["defaultMode": 420], "downwardAPI": ["defaultMode": 420],
        "projected": ["defaultMode": 420], "hostPath": ["type": ""],
    ]

    /// The pod with the defaults in it.
    public static func filled(_ pod: JSONValue) -> JSONValue {
        edit(pod, "spec") { spec in
            var spec = adding(Self.spec, to: spec)
            for list in ["initContainers", "containers"] {
                spec = each(spec, list, filledContainer)
            }
            return each(spec, "volumes", filledVolume)
        }
    }

    private static func filledContainer(_ container: JSONValue) -> JSONValue {
        var container = adding(Self.container, to: container)
        let policy = pullPolicy(container["image"]?.string ?? "")
        container = adding(["imagePullPolicy": .string(policy)], to: container)
        container = each(container, "ports") { adding(["protocol": "TCP"], to: $0) }
        for name in ["startupProbe", "livenessProbe", "readinessProbe"] {
            container = edit(container, name) { filledHandler(adding(probe, to: $0)) }
        }
        container = edit(container, "lifecycle") { hooks in
            ["postStart", "preStop"].reduce(hooks) { edit($0, $1, filledHandler) }
        }
        container = each(container, "env") { edit($0, "valueFrom") { edit($0, "fieldRef", filledFieldReference) } }
        return edit(container, "resources", filledResources)
    }

    private static func filledHandler(_ handler: JSONValue) -> JSONValue {
        let handler = edit(handler, "httpGet") { adding(["path": "/", "scheme": "HTTP"], to: $0) }
        return edit(handler, "grpc") { adding(["service": ""], to: $0) }
    }

    private static func filledFieldReference(_ reference: JSONValue) -> JSONValue {
        adding(["apiVersion": "v1"], to: reference)
    }

    /// Limits without requests become the requests.
    private static func filledResources(_ resources: JSONValue) -> JSONValue {
        guard let limits = resources["limits"]?.object, !limits.isEmpty else { return resources }
        return edit(adding(["requests": [:]], to: resources), "requests") { adding(limits, to: $0) }
    }

    private static func filledVolume(_ volume: JSONValue) -> JSONValue {
        var volume = volume
        for source in volumes.members {
            volume = edit(volume, source.key) { adding(source.value.object ?? [:], to: $0) }
        }
        volume = edit(volume, "downwardAPI", filledItems)
        return edit(volume, "projected") { projected in
            each(projected, "sources") { source in
                let source = edit(source, "serviceAccountToken") { adding(["expirationSeconds": 3600], to: $0) }
                return edit(source, "downwardAPI", filledItems)
            }
        }
    }

    private static func filledItems(_ source: JSONValue) -> JSONValue {
        each(source, "items") { edit($0, "fieldRef", filledFieldReference) }
    }

    private static func pullPolicy(_ image: String) -> String {
        guard !image.contains("@") else { return "IfNotPresent" }
        let name = image.split(separator: "/").last ?? ""
        let tag = name.split(separator: ":", maxSplits: 1).dropFirst().first ?? "latest"
        return tag == "latest" ? "Always" : "IfNotPresent"
    }

    private static func adding(_ defaults: JSONObject, to value: JSONValue) -> JSONValue {
        guard var object = value.object else { return value }
        for member in defaults.members where object[member.key]?.isNull ?? true {
            object[member.key] = member.value
        }
        return .object(object)
    }

    private static func edit(_ value: JSONValue, _ name: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard var object = value.object, let member = object[name], !member.isNull else { return value }
        object[name] = change(member)
        return .object(object)
    }

    private static func each(_ value: JSONValue, _ name: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        edit(value, name) { list in list.array.map { .array($0.map(change)) } ?? list }
    }
}
