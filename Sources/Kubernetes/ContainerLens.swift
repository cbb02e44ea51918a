package import JSON

/// A container of a pod with its place; read-only, and whatever has the wrong type reads as absent.
package struct ContainerLens: Sendable {
    /// The lists in which a pod's containers stand, in the order in which Kubernetes' own checks go through them.
    package enum List: String, Sendable, CaseIterable {
        /// Containers that run before the application, and native sidecars.
        case initContainers
        /// The application.
        case containers
        /// Containers that are added to a running pod for debugging.
        case ephemeralContainers
    }

    /// The list in which it stands.
    package let list: List
    /// Its place in the list.
    package let index: Int
    /// All of it.
    package let json: JSONObject

    /// Its name; empty when it has none.
    package var name: String { json["name"]?.string ?? "" }

    /// Where it stands in the pod.
    package var pointer: JSONPointer { JSONPointer(["spec", list.rawValue, String(index)]) }

    /// Whether it is an init container that Kubernetes keeps running beside the application
    /// (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/): one with `restartPolicy: Always`.
    package var isNativeSidecar: Bool {
        list == .initContainers && json["restartPolicy"]?.string == "Always"
    }

    /// Whether it runs to its end before the application starts.
    package var runsToCompletion: Bool { list == .initContainers && !isNativeSidecar }

    /// The elements of an array-valued member; none when it is absent.
    package func elements(_ member: String) -> [JSONValue] {
        json[member]?.array ?? []
    }
}

extension ContainerLens {
    /// How much of a resource it is limited to; nil when it names no limit, or one that is no positive quantity or zero.
    package func limit(_ resource: String) -> Quantity? {
        json["resources"]?["limits"]?[resource].flatMap(Quantity.init(resource:))
    }

    /// How much of a resource it requests: its limit when it names only that, as the API server fills in.
    package func request(_ resource: String) -> Quantity? {
        json["resources"]?["requests"]?[resource].flatMap(Quantity.init(resource:)) ?? limit(resource)
    }

    /// All its limits.
    package var limits: ResourceList {
        var limits = ResourceList()
        addLimits(to: &limits)
        return limits
    }

    /// All its requests, with its limits for what it does not request, as the API server fills in.
    package var requests: ResourceList {
        var requests = ResourceList()
        addRequests(to: &requests)
        return requests
    }

    /// Adds its limits to those of others.
    func addLimits(to list: inout ResourceList) {
        list.add(json: json["resources"]?["limits"]?.object)
    }

    /// Adds its requests to those of others.
    func addRequests(to list: inout ResourceList) {
        guard let resources = json["resources"]?.object else { return }
        let requests = resources["requests"]?.object
        list.add(json: requests)
        list.add(json: resources["limits"]?.object, except: requests)
    }
}
