import JSON

/// Finds mounts of one container that have the same place once their paths are cleaned.
///
/// The API server compares paths as they are written, so that `/data` and `/data/` pass; at run time one hides the
/// other. Block devices (`volumeDevices`) have places too.
package struct MountConflicts: Sendable {
    /// What was found, in the order of the pod.
    package private(set) var findings: [PodConflict] = []
    /// Whether all findings were kept.
    package private(set) var isComplete = true

    /// Looks at the mounts of all containers of a pod.
    package init(_ pod: PodLens) {
        for container in pod.containers {
            check(container)
        }
    }

    /// Looks at the mounts of one container.
    package init(of container: ContainerLens) {
        check(container)
    }

    private struct Place {
        let list: String
        let index: Int
        let volume: String

        func pointer(in container: ContainerLens) -> JSONPointer {
            container.pointer.appending(list).appending(index)
        }
    }

    private mutating func check(_ container: ContainerLens) {
        var places: [String: Place] = [:]
        for (index, json) in container.elements("volumeMounts").enumerated() {
            guard let mount = VolumeMount(json: json) else { continue }
            let place = Place(list: "volumeMounts", index: index, volume: mount.volume)
            take(mount.path, for: place, among: &places, of: container)
        }
        for (index, json) in container.elements("volumeDevices").enumerated() {
            guard let path = json["devicePath"]?.string else { continue }
            let place = Place(list: "volumeDevices", index: index, volume: json["name"]?.string ?? "")
            take(MountPath.clean(path), for: place, among: &places, of: container)
        }
    }

    private mutating func take(
        _ path: String,
        for place: Place,
        among places: inout [String: Place],
        of container: ContainerLens
    ) {
        guard let other = places[path] else {
            places[path] = place
            return
        }
        guard findings.count < PodConflict.maximumCount else {
            isComplete = false
            return
        }
        let owner = "container \(Excerpt.cut(container.name, to: 63))"
        let volumes = "\(Excerpt.cut(other.volume, to: 63)) and \(Excerpt.cut(place.volume, to: 63))"
        findings.append(
            PodConflict(
                kind: .mountPath,
                container: container.name,
                otherContainer: container.name,
                location: place.pointer(in: container),
                otherLocation: other.pointer(in: container),
                what: "\(owner) mounts \(volumes) at \(Excerpt.cut(path, to: 120))",
                fix: "mount one of them elsewhere"
            )
        )
    }
}
