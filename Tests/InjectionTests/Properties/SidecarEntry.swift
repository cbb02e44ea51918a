import JSON

/// What one injected sidecar may add to a pod, by the catalog's own words.
struct SidecarEntry {
    let name: String
    /// The declaration of the version.
    let version: JSONValue

    /// The containers by their names in the pod.
    var containers: [String: JSONValue] {
        var containers = [name: version["container"] ?? .null]
        for step in version["setup"]?.object?.members ?? [] { containers["\(name)-\(step.key)"] = step.value }
        return containers
    }

    /// The declared volumes by their names in the pod.
    var volumes: [String: JSONValue] {
        var volumes: [String: JSONValue] = [:]
        for volume in version["volumes"]?.array ?? [] {
            guard let own = volume["name"]?.string else { continue }
            volumes[volume["shared"] == true ? own : "\(name)-\(own)"] = volume
        }
        return volumes
    }

    /// Whether a volume is declared, or one of those that Pillion adds for files and against the token.
    func hasVolume(_ volume: String) -> Bool {
        volumes[volume] != nil || volume == "\(name)-no-token" || volume.hasPrefix("\(name)-files")
    }

    /// The mounts declared for the application of a volume that is named as in the pod.
    func appMounts(of volume: String) -> [JSONValue] {
        (version["app"]?["volumeMounts"]?.array ?? []).filter { mount in
            let own = mount["name"]?.string ?? ""
            return volume == "\(name)-\(own)" || volume == own
        }
    }

    /// The environment declared for the application.
    func appVariable(_ variable: String) -> JSONValue? {
        version["app"]?["env"]?.array?.first { $0["name"]?.string == variable }
    }

    /// The declared file behind an annotation, and its path.
    func file(_ key: String) -> (path: String, body: JSONValue)? {
        let prefix = "pillion.dev/file.\(name)."
        guard key.hasPrefix(prefix), let index = Int(key.dropFirst(prefix.count)),
            let files = version["files"]?.object?.members, files.indices.contains(index)
        else { return nil }
        return (files[index].key, files[index].value)
    }

    /// Whether the pod gets an annotation for the sidecar.
    func hasAnnotation(_ key: String) -> Bool {
        version["pod"]?["annotations"]?[key] != nil || file(key) != nil
    }
}
