import JSON

/// Checks that mounts and volumes of a version belong together.
struct MountChecker {
    /// The declaration of the version.
    let version: JSONValue
    /// Where it stands.
    let pointer: JSONPointer
    /// The version's files, each directory of which is mounted over.
    let files: [FileTemplate]

    /// Reports mounts without a volume, volumes without a mount, and mounts in the place of another: of a file's
    /// directory, or of what keeps the service account's token out.
    func check(_ findings: inout DocumentFindings) {
        let volumes = (version["volumes"]?.array ?? []).map { $0["name"]?.string }
        var used: Set<String> = []
        for list in lists {
            for (index, mount) in (list.value?.array ?? []).enumerated() {
                let place = list.pointer.appending(index)
                guard let name = mount["name"]?.string else { continue }
                used.insert(name)
                checkName(name, volumes.compactMap(\.self), place.appending("name"), &findings)
                if list.isOwn { checkPath(mount, place, &findings) }
            }
        }
        for (index, name) in volumes.enumerated() {
            guard let name, !used.contains(name) else { continue }
            let place = pointer.appending("volumes").appending(index)
            findings.warning(
                .unusedVolume,
                "nothing mounts the volume '\(name)'",
                hint: "mount or remove it",
                at: place
            )
        }
    }

    /// A list of mounts, and whether its container is the sidecar's own, which gets more of them.
    private struct MountList {
        let value: JSONValue?
        let pointer: JSONPointer
        var isOwn = false
    }

    private var lists: [MountList] {
        let container = pointer.appending("container")
        var lists = [
            MountList(
                value: version["container"]?["volumeMounts"],
                pointer: container.appending("volumeMounts"),
                isOwn: true
            ),
            MountList(value: version["container"]?["volumeDevices"], pointer: container.appending("volumeDevices")),
            MountList(
                value: version["app"]?["volumeMounts"],
                pointer: pointer.appending("app").appending("volumeMounts")
            ),
        ]
        for step in version["setup"]?.object?.members ?? [] {
            let place = pointer.appending("setup").appending(step.key).appending("volumeMounts")
            lists.append(MountList(value: step.value["volumeMounts"], pointer: place, isOwn: true))
        }
        return lists
    }

    private func checkName(
        _ name: String,
        _ volumes: [String],
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) {
        if TemplateText(name).parts.contains(where: \.isReference) {
            findings.error(
                .misplacedReference,
                "the name of a volume has a reference in it",
                hint: "name the volume",
                at: place
            )
        } else if !volumes.contains(name) {
            let hint = Hint.choose(name, among: volumes, "declared volumes")
            findings.error(.unknownVolume, "the volume \(Quoted(name)) is not declared", hint: hint, at: place)
        }
    }

    private func checkPath(_ mount: JSONValue, _ place: JSONPointer, _ findings: inout DocumentFindings) {
        guard let written = mount["mountPath"]?.string, let path = try? ValueRule(type: .path).typed(written).string
        else { return }
        let place = place.appending("mountPath")
        if let file = files.first(where: { $0.directory == path }) {
            let message =
                "\(Quoted(path)) is where the file '\(file.name)' is put, so nothing else can be mounted there"
            findings.error(.invalidFile, message, hint: "move the file or the mount", at: place)
        } else if path == SidecarRequirements.tokenPath, version["requires"]?["serviceAccountToken"]?.bool != true {
            let message = "\(Quoted(path)) is where the service account's token is kept out"
            findings.error(.invalidValue, message, hint: "set requires.serviceAccountToken: true", at: place)
        }
    }
}
