import JSON
import SidecarCatalog

/// Whether a sidecar is in a pod already.
enum Presence: Sendable, Equatable {
    /// It is not there.
    case absent
    /// It is there as it would be rendered now.
    case unchanged
    /// It is there as its status says, with an image of the catalog, but not as it would be rendered now.
    case outdated
    /// It is there as its status says, with an image that no version in the catalog has.
    case unknownVersion
    /// The status speaks of it, but nothing of it is in the pod.
    case forged
    /// Something of it is there that does not match its status, or its name is the user's own.
    case conflict(Reason)
}

/// Compares a pod with what its status says about a sidecar; the real containers decide.
struct PresenceCheck {
    let pod: Pod
    let keys: AnnotationKey

    /// Whether the sidecar `name` is in the pod.
    ///
    /// - Parameters:
    ///   - name: The sidecar's name.
    ///   - entry: What the pod's status says about it.
    ///   - rendered: What it would be now; nil when it cannot be rendered.
    ///   - receivers: The containers that receive its mounts and environment.
    ///   - images: The images of its versions in the catalog.
    /// - Returns: What the pod has of it.
    func presence(
        of name: String,
        entry: InjectionStatus.Entry?,
        rendered: RenderedSidecar?,
        receivers: () -> [PodContainer],
        images: () -> [String]
    ) -> Presence {
        let namesake = pod.allContainers.first { $0.name.hasSameBytes(as: name) }
        guard let entry else {
            guard let namesake else { return .absent }
            return .conflict(conflict(namesake))
        }
        let found = containers(of: entry)
        let expected = entry.initContainers.count + entry.containers.count
        guard found.count == expected, expected > 0 else {
            guard let namesake else { return .forged }
            return .conflict(conflict(namesake))
        }
        guard let main = found.first(where: { $0.name.hasSameBytes(as: name) }) else { return .forged }
        if let rendered, rendered.version.text == entry.version, matches(rendered, found, receivers()) {
            return .unchanged
        }
        if let reason = fileConflict(entry) { return .conflict(reason) }
        let image = main.json["image"]?.string ?? ""
        return images().contains { $0.hasSameBytes(as: image) } ? .outdated : .unknownVersion
    }

    /// The containers of an entry that exist where it says.
    func containers(of entry: InjectionStatus.Entry) -> [PodContainer] {
        pod.initContainers.filter { entry.initContainers.contains($0.name) }
            + pod.containers.filter { entry.containers.contains($0.name) }
    }

    private func conflict(_ container: PodContainer) -> Reason {
        let place = container.pointer.description
        return Reason(
            .containerConflict,
            "the pod has a container of its own named \(container.name) at \(place); rename it"
        )
    }

    private func matches(
        _ rendered: RenderedSidecar,
        _ found: [PodContainer],
        _ receivers: [PodContainer]
    ) -> Bool {
        let containersMatch = rendered.containers.allSatisfy { container in
            guard let actual = found.first(where: { $0.name.hasSameBytes(as: container.key) }) else { return false }
            return TreeMatch.contains(.object(actual.json), container.fragment.value)
        }
        let volumesMatch = rendered.volumes.allSatisfy { volume in
            guard let actual = pod.volume(named: volume.key) else { return false }
            return TreeMatch.contains(.object(actual), volume.fragment.value)
        }
        let receiversMatch = receivers.allSatisfy { receiver in
            TreeMatch.contains(
                .array(receiver.elements("volumeMounts")),
                list(rendered.appMounts),
                member: "volumeMounts"
            )
                && TreeMatch.contains(.array(receiver.elements("env")), list(rendered.appEnvironment), member: "env")
        }
        let annotationsMatch = rendered.annotations.allSatisfy { entry in
            pod.annotation(entry.key)?.hasSameBytes(as: entry.value) ?? false
        }
        return containersMatch && volumesMatch && receiversMatch && annotationsMatch
    }

    private func list(_ elements: [RenderedElement]) -> JSONValue {
        .array(elements.map(\.fragment.value))
    }

    /// The reason to refuse a pod whose inlined files are not those that its status was written for.
    private func fileConflict(_ entry: InjectionStatus.Entry) -> Reason? {
        let prefix = "\(keys.filePrefix)\(entry.name)."
        let fileKeys = entry.annotations.filter { $0.hasPrefix(prefix) }
        let files = fileKeys.map { (key: $0, value: pod.annotation($0) ?? "") }
        guard entry.files != (files.isEmpty ? nil : RenderedSidecar.filesHash(files)) else { return nil }
        return Reason(
            .fileConflict,
            "the files of \(entry.name) in \(prefix)* are not those that were injected; remove them"
        )
    }
}
