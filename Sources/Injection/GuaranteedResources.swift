import JSON

/// Gives a container the resources it needs for a Guaranteed pod to stay one: limits, and requests equal to them
/// (https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/#guaranteed).
enum GuaranteedResources {
    /// The resources that decide.
    private static let names = ["cpu", "memory"]

    /// Sets missing limits to the requests, and requests to the limits; a resource with neither stays without.
    static func match(_ container: inout JSONObject) {
        var resources = container["resources"]?.object ?? JSONObject()
        var requests = resources["requests"]?.object ?? JSONObject()
        var limits = resources["limits"]?.object ?? JSONObject()
        var isChanged = false
        for name in names {
            guard let limit = limits[name] ?? requests[name], limits[name] != limit || requests[name] != limit else {
                continue
            }
            limits[name] = limit
            requests[name] = limit
            isChanged = true
        }
        guard isChanged else { return }
        resources["requests"] = .object(requests)
        resources["limits"] = .object(limits)
        container["resources"] = .object(resources)
    }
}
