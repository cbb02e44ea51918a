import JSON

/// The resources that a pod has for itself, as the API server completes them
/// (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#pod-level-resource-specification).
///
/// | the pod has | its request becomes |
/// |---|---|
/// | a request | that |
/// | only limits, and containers request the resource | what the containers request |
/// | only limits, and no container requests the resource, or it is huge pages | the limit |
struct PodLevelResources {
    /// What the pod requests.
    private(set) var requests: ResourceList
    /// The pod's limits.
    let limits: ResourceList

    /// Reads the resources of a pod; nil when it has none of its own.
    ///
    /// - Parameters:
    ///   - pod: The pod.
    ///   - containers: What its containers request together.
    init?(_ pod: PodLens, containers: @autoclosure () -> ResourceList) {
        guard let resources = pod.spec["resources"]?.object else { return nil }
        requests = Self.supported(ResourceList(json: resources["requests"]))
        limits = Self.supported(ResourceList(json: resources["limits"]))
        guard !requests.isEmpty || !limits.isEmpty else { return nil }
        guard !limits.isEmpty else { return }
        var defaults = limits
        for (name, quantity) in Self.supported(containers()).quantities where !name.hasPrefix(Self.hugePages) {
            defaults[name] = quantity
        }
        defaults.replace(with: requests)
        requests = defaults
    }

    private static let hugePages = "hugepages-"

    /// Only the resources that a pod can have for itself.
    private static func supported(_ list: ResourceList) -> ResourceList {
        var supported = ResourceList()
        for (name, quantity) in list.quantities where name == "cpu" || name == "memory" || name.hasPrefix(hugePages) {
            supported[name] = quantity
        }
        return supported
    }
}
