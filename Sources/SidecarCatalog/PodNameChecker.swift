import JSON

/// Finds names of different sidecars that would be the same in a pod.
enum PodNameChecker {
    /// Reports containers and volumes of different sidecars that would have the same name, such as those of `a` with
    /// the step `b-c` and of `a-b` with the step `c`.
    static func check(_ sidecars: inout [SidecarDraft]) {
        var containers: [String: SidecarName] = [:]
        for sidecar in sidecars {
            containers[sidecar.name.rawValue] = sidecar.name
        }
        var volumes: [String: SidecarName] = [:]
        for index in sidecars.indices {
            for version in sidecars[index].versions {
                let pointer = JSONPointer(["spec", "versions", version.version.description])
                for step in version.setup {
                    let place = pointer.appending("setup").appending(step.name)
                    claim(step.containerName, "container", of: &sidecars[index], in: &containers, at: place)
                }
                for (position, volume) in version.volumes.enumerated() where !volume.isShared {
                    let place = pointer.appending("volumes").appending(position)
                    claim(volume.podName, "volume", of: &sidecars[index], in: &volumes, at: place)
                }
            }
        }
    }

    private static func claim(
        _ name: String,
        _ what: String,
        of sidecar: inout SidecarDraft,
        in taken: inout [String: SidecarName],
        at pointer: JSONPointer
    ) {
        guard let other = taken.updateValue(sidecar.name, forKey: name), other != sidecar.name else { return }
        let message = "the \(what) would be called '\(name)' in the pod, as would one of '\(other)'"
        sidecar.findings.nameError(.duplicateName, message, hint: "rename it", at: pointer)
    }
}
