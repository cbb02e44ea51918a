import JSON
import Kubernetes

/// Finds what a pod already has in the place of something that a sidecar brings.
///
/// The same value is no conflict; another one is, for nothing of the user's is ever overwritten.
struct ConflictCheck {
    /// The API server's limit for all annotations of an object together, keys and values (apimachinery, 256 KiB).
    static let maximumAnnotationBytes = 262_144

    let pod: Pod
    /// Sidecars of this pod that have been checked before, by what they occupy.
    private var containerNames: [String: String] = [:]
    private var ports: [PortKey: String] = [:]

    private struct PortKey: Hashable {
        let number: Int
        let transport: String
    }

    /// Takes stock of a pod.
    init(pod: Pod) {
        self.pod = pod
        for container in pod.allContainers {
            containerNames[container.name] = "the pod's container \(Excerpt.cut(container.name, to: 63))"
            guard container.isLongRunning else { continue }
            for port in Self.ports(of: container.json) {
                ports[port] = "container \(Excerpt.cut(container.name, to: 63))"
            }
        }
    }

    /// Checks one sidecar's containers and ports, and remembers them for the next.
    mutating func checkContainers(of rendered: RenderedSidecar) throws(Reason) {
        for container in rendered.containers {
            let name = container["name"]?.string ?? rendered.name
            if let owner = containerNames[name] {
                throw Reason(.containerConflict, "sidecar \(rendered.name) needs the name \(name), which \(owner) has")
            }
            containerNames[name] = "sidecar \(rendered.name)"
        }
        for port in Self.ports(of: rendered.container) {
            if let owner = ports[port] {
                throw Reason(
                    .portConflict,
                    "sidecar \(rendered.name) listens on port \(port.number)/\(port.transport), as does \(owner)"
                )
            }
            ports[port] = "sidecar \(rendered.name)"
        }
    }

    /// The volumes that have to be added; those that are there already, the same, are left out.
    func volumes(of rendered: RenderedSidecar, added: [JSONValue]) throws(Reason) -> [JSONValue] {
        try rendered.volumes.keeping { volume throws(Reason) in
            guard let name = volume["name"]?.string else { return false }
            let earlier = added.first { $0["name"]?.string == name }?.object
            guard let existing = pod.volume(named: name) ?? earlier else { return true }
            guard TreeMatch.contains(.object(existing), .object(volume)) else {
                throw Reason(
                    .volumeConflict,
                    "the pod has another volume named \(name), which sidecar \(rendered.name) needs"
                )
            }
            return false
        }.map { .object($0) }
    }

    /// The mounts that have to be added to a container.
    func mounts(
        of rendered: RenderedSidecar,
        in container: PodContainer,
        added: [JSONValue]
    ) throws(Reason) -> [JSONValue] {
        try rendered.appMounts.keeping { mount throws(Reason) in
            guard let path = mount["mountPath"]?.string else { return false }
            let cleaned = MountPath.clean(path)
            let existing = (container.elements("volumeMounts") + added).first {
                $0["mountPath"]?.string.map(MountPath.clean) == cleaned
            }
            guard let existing else { return true }
            guard TreeMatch.contains(existing, .object(mount)) else {
                let volume = Excerpt.cut(existing["name"]?.string ?? "?", to: 63)
                throw Reason(
                    .mountConflict,
                    "container \(container.name) mounts volume \(volume) at \(cleaned), where sidecar \(rendered.name) mounts \(mount["name"]?.string ?? "?")"
                )
            }
            return false
        }.map { .object($0) }
    }

    /// The variables that have to be added to a container.
    func environment(
        of rendered: RenderedSidecar,
        in container: PodContainer,
        added: [JSONValue]
    ) throws(Reason) -> [JSONValue] {
        try rendered.appEnvironment.keeping { variable throws(Reason) in
            guard let name = variable["name"]?.string else { return false }
            let existing = (container.elements("env") + added).first { $0["name"]?.string == name }
            guard let existing else { return true }
            guard TreeMatch.contains(existing, .object(variable)) else {
                throw Reason(
                    .environmentConflict,
                    "container \(container.name) sets \(name) to another value than sidecar \(rendered.name)"
                )
            }
            return false
        }.map { .object($0) }
    }

    /// The annotations or labels that have to be added.
    func pairs(
        _ pairs: [(key: String, value: String)],
        existing: JSONObject?,
        added: [(key: String, value: String)],
        _ code: ReasonCode,
        _ rendered: RenderedSidecar
    ) throws(Reason) -> [(key: String, value: String)] {
        try pairs.keeping { pair throws(Reason) in
            let earlier = added.first { $0.key.hasSameBytes(as: pair.key) }.map { JSONValue.string($0.value) }
            guard let present = existing?[pair.key] ?? earlier else { return true }
            guard present == .string(pair.value) else {
                let isFile = rendered.files.contains { $0.key == pair.key }
                let advice = isFile ? "; Pillion writes this annotation, remove it" : ""
                throw Reason(
                    isFile ? .fileConflict : code,
                    "the pod has another value for \(pair.key) than sidecar \(rendered.name)\(advice)"
                )
            }
            return false
        }
    }

    private static func ports(of container: JSONObject) -> [PortKey] {
        (container["ports"]?.array ?? []).compactMap { port in
            port["containerPort"]?.integer.map { PortKey(number: $0, transport: port["protocol"]?.string ?? "TCP") }
        }
    }
}

extension Array {
    /// `filter` for a test that throws a reason, with its type kept.
    fileprivate func keeping(_ isKept: (Element) throws(Reason) -> Bool) throws(Reason) -> [Element] {
        var kept: [Element] = []
        for element in self where try isKept(element) {
            kept.append(element)
        }
        return kept
    }
}
