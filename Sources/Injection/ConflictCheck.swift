import JSON
import Kubernetes

/// Finds what a pod already has in the place of something that a sidecar brings.
///
/// The same value is no conflict; another one is, for nothing of the user's is ever overwritten.
struct ConflictCheck {
    /// The API server's limit for all annotations of an object together, keys and values (apimachinery, 256 KiB).
    static let maximumAnnotationBytes = 262_144

    let pod: Pod
    /// The sidecars of this pod that have been checked before.
    private var earlier: [RenderedSidecar] = []
    /// The ports of the pod's own containers that run as long as the pod.
    private var listening: [(port: ContainerPort, container: String)] = []

    /// Takes stock of a pod.
    init(pod: Pod) {
        self.pod = pod
        for containers in [pod.initContainers, pod.containers, pod.ephemeralContainers] {
            for container in containers where container.isLongRunning {
                listening += ContainerPort.ports(of: container.json).map { ($0, container.name) }
            }
        }
    }

    /// Checks one sidecar's containers and ports, and remembers them for the next.
    mutating func checkContainers(of rendered: RenderedSidecar) throws(Reason) {
        try checkName(rendered.container, of: rendered)
        for container in rendered.setup {
            try checkName(container, of: rendered)
        }
        for port in rendered.ports {
            if let owner = owner(where: { $0.isSameListener(as: port) }) {
                let place = "\(port.number)/\(Excerpt.cut(port.transport, to: 8))"
                throw Reason(.portConflict, "sidecar \(rendered.name) listens on port \(place), as does \(owner)")
            }
            if let number = port.hostPort, let owner = owner(where: { $0.isSameHostPort(as: port) }) {
                throw Reason(
                    .portConflict,
                    "sidecar \(rendered.name) takes the node's port \(number), as does \(owner)"
                )
            }
        }
        earlier.append(rendered)
    }

    private func checkName(_ container: RenderedElement, of rendered: RenderedSidecar) throws(Reason) {
        let name = container.key
        let owner: String
        if let sidecar = earlier.last(where: { $0.containers.contains { $0.key.hasSameBytes(as: name) } }) {
            owner = "sidecar \(sidecar.name)"
        } else if pod.hasContainer(named: name) {
            owner = "the pod's container \(Excerpt.cut(name, to: 63))"
        } else {
            return
        }
        throw Reason(.containerConflict, "sidecar \(rendered.name) needs the name \(name), which \(owner) has")
    }

    /// Who has a port for which `isTaken` holds.
    private func owner(where isTaken: (ContainerPort) -> Bool) -> String? {
        if let sidecar = earlier.last(where: { $0.ports.contains(where: isTaken) }) {
            return "sidecar \(sidecar.name)"
        }
        return listening.last { isTaken($0.port) }.map { "container \(Excerpt.cut($0.container, to: 63))" }
    }

    /// The volumes that have to be added; those that are there already, the same, are left out.
    func volumes(of rendered: RenderedSidecar, added: [RenderedElement]) throws(Reason) -> [RenderedElement] {
        try rendered.volumes.keeping { volume throws(Reason) in
            let earlier = added.first { $0.key.hasSameBytes(as: volume.key) }?.object
            guard let existing = pod.volume(named: volume.key) ?? earlier else { return true }
            guard TreeMatch.contains(.object(existing), volume.fragment.value) else {
                throw Reason(
                    .volumeConflict,
                    "the pod has another volume named \(volume.key), which sidecar \(rendered.name) needs"
                )
            }
            return false
        }
    }

    /// The mounts that have to be added to a container.
    func mounts(
        of rendered: RenderedSidecar,
        in container: PodContainer,
        added: [RenderedElement]
    ) throws(Reason) -> [RenderedElement] {
        guard !rendered.appMounts.isEmpty else { return [] }
        let existing = container.elements("volumeMounts")
        return try rendered.appMounts.keeping { mount throws(Reason) in
            let cleaned = MountPath.clean(mount.key)
            let present =
                existing.first { $0["mountPath"]?.string.map(MountPath.clean)?.hasSameBytes(as: cleaned) ?? false }
                ?? added.first { MountPath.clean($0.key).hasSameBytes(as: cleaned) }?.fragment.value
            guard let present else { return true }
            guard TreeMatch.contains(present, mount.fragment.value) else {
                let volume = Excerpt.cut(present["name"]?.string ?? "?", to: 63)
                throw Reason(
                    .mountConflict,
                    "container \(container.name) mounts volume \(volume) at \(cleaned), where sidecar \(rendered.name) mounts \(mount.object["name"]?.string ?? "?")"
                )
            }
            return false
        }
    }

    /// The variables that have to be added to a container.
    func environment(
        of rendered: RenderedSidecar,
        in container: PodContainer,
        added: [RenderedElement]
    ) throws(Reason) -> [RenderedElement] {
        guard !rendered.appEnvironment.isEmpty else { return [] }
        let existing = container.elements("env")
        return try rendered.appEnvironment.keeping { variable throws(Reason) in
            let present =
                existing.first { $0["name"]?.string?.hasSameBytes(as: variable.key) ?? false }
                ?? added.first { $0.key.hasSameBytes(as: variable.key) }?.fragment.value
            guard let present else { return true }
            guard TreeMatch.contains(present, variable.fragment.value) else {
                throw Reason(
                    .environmentConflict,
                    "container \(container.name) sets \(variable.key) to another value than sidecar \(rendered.name)"
                )
            }
            return false
        }
    }

    /// The annotations or labels that have to be added.
    func pairs(
        _ pairs: [MetadataEntry],
        existing: JSONObject?,
        added: [MetadataEntry],
        _ code: ReasonCode,
        _ rendered: RenderedSidecar
    ) throws(Reason) -> [MetadataEntry] {
        try pairs.keeping { pair throws(Reason) in
            let earlier = added.first { $0.key.hasSameBytes(as: pair.key) }?.fragment.value
            guard let present = existing?[pair.key] ?? earlier else { return true }
            guard present == pair.fragment.value else {
                let isFile = rendered.fileKeys.contains(pair.key)
                let advice = isFile ? "; Pillion writes this annotation, remove it" : ""
                throw Reason(
                    isFile ? .fileConflict : code,
                    "the pod has another value for \(pair.key) than sidecar \(rendered.name)\(advice)"
                )
            }
            return false
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
