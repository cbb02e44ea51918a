import JSON

/// A container of a pod: a read-only view with its place.
struct PodContainer: Sendable {
    /// The lists in which a pod's containers stand.
    enum List: String, Sendable {
        case initContainers, containers, ephemeralContainers
    }

    /// The list in which it stands.
    let list: List
    /// Its place in the list.
    let index: Int
    /// Its name.
    let name: String
    /// All of it.
    let json: JSONObject

    /// Where it stands in the pod.
    var pointer: JSONPointer {
        JSONPointer(["spec", list.rawValue, String(index)])
    }

    /// Whether it runs as long as the application: a container, or an init container that is restarted always.
    var isLongRunning: Bool {
        list == .containers || isNativeSidecar
    }

    /// Whether it is an init container with `restartPolicy: Always`.
    var isNativeSidecar: Bool {
        list == .initContainers && json["restartPolicy"]?.string == "Always"
    }

    /// The elements of an array-valued member; none when it is absent or `null`.
    func elements(_ member: String) -> [JSONValue] {
        json[member]?.array ?? []
    }

    /// Whether an array-valued member has to be created before something is added to it.
    func lacks(_ member: String) -> Bool {
        json[member]?.array == nil
    }
}
