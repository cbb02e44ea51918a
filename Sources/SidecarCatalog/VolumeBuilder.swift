import JSON

/// Makes the volumes of a version.
struct VolumeBuilder {
    /// The sidecar's name.
    let sidecar: SidecarName
    /// The list of volumes, if there is one.
    let value: JSONValue?
    /// Where the list stands.
    let pointer: JSONPointer
    /// Whether the sidecar says why it may raise what the pod may do.
    let hasSecurityException: Bool

    /// The volumes; everything that is wrong with them is reported.
    func build(_ compiler: inout TemplateCompiler, _ findings: inout DocumentFindings) -> [VolumeTemplate] {
        var volumes: [VolumeTemplate] = []
        for (index, volume) in (value?.array ?? []).enumerated() {
            let place = pointer.appending(index)
            guard let name = volume["name"]?.string, let body = volume.object?.without(["name", "shared"]) else {
                continue
            }
            let isShared = volume["shared"]?.bool ?? false
            let podName = isShared ? name : "\(sidecar)-\(name)"
            NameChecker.checkPrefixed(
                name,
                "volume",
                prefixed: podName,
                at: place.appending("name"),
                isMemberName: false,
                &findings
            )
            if volumes.contains(where: { $0.name == name }) {
                findings.error(.duplicateName, "the volume '\(name)' is declared twice", at: place.appending("name"))
            }
            checkSource(body, name, place, &findings)
            let template = compiler.compile(.object(body), as: .value, at: place)
            volumes.append(VolumeTemplate(name: name, podName: podName, isShared: isShared, body: template))
        }
        return volumes
    }

    private func checkSource(
        _ body: JSONObject,
        _ name: String,
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) {
        if body.count != 1 || body.first?.value.object == nil {
            let hint = "give it one, such as 'emptyDir: {}'"
            findings.error(
                .invalidValue,
                "the volume '\(name)' does not have exactly one source",
                hint: hint,
                at: place
            )
        }
        if body["hostPath"] != nil, !hasSecurityException {
            findings.nameError(
                .podSecurity,
                "the volume '\(name)' is a hostPath",
                hint: ContainerChecker.exceptionHint,
                at: place.appending("hostPath")
            )
        }
    }
}
