import Kubernetes

/// What the effective resources of a pod were and are.
enum ResourceChange {
    /// A row for each resource that a pod requests or is limited in: label, before, after.
    static func rows(_ before: PodResources, _ after: PodResources) -> [(label: String, old: String, new: String)] {
        rows("requests", before.requests, after.requests) + rows("limits", before.limits, after.limits)
    }

    /// A line for each resource of a pod: what it requests, and its limit.
    static func lines(_ resources: PodResources) -> [String: String] {
        var lines: [String: String] = [:]
        for name in Set(resources.requests.names).union(resources.limits.names) {
            let request = resources.requests[name]?.description ?? "none"
            lines[name] = resources.limits[name].map { "\(request), at most \($0)" } ?? request
        }
        return lines
    }

    private static func rows(
        _ kind: String,
        _ before: ResourceList,
        _ after: ResourceList
    ) -> [(label: String, old: String, new: String)] {
        Set(before.names).union(after.names).sorted().map { name in
            ("\(kind) \(name)", before[name]?.description ?? "none", after[name]?.description ?? "none")
        }
    }
}
