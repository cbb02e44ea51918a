import JSON

/// Makes the rollouts of a catalog once its sidecars are known.
struct RolloutBuilder {
    private static let pointer = JSONPointer(["spec", "rollouts"])

    /// The sidecars by name.
    let sidecars: [SidecarName: Sidecar]

    /// The rollouts by sidecar; everything that is wrong with them is reported.
    func build(_ value: JSONValue?, _ findings: inout DocumentFindings) -> [SidecarName: Rollout] {
        var rollouts: [SidecarName: Rollout] = [:]
        for member in value?.object?.members ?? [] {
            let place = Self.pointer.appending(member.key)
            guard let name = SidecarName(member.key), let sidecar = sidecars[name] else {
                let hint = Hint.choose(member.key, among: sidecars.keys.map(\.rawValue).sorted(), "sidecars")
                let message = "there is no sidecar \(Quoted(member.key))"
                findings.nameError(.unknownSidecar, message, hint: hint, at: place)
                continue
            }
            let namespaces = GlobListBuilder(subject: .namespaces)
                .build(member.value["namespaces"], at: place.appending("namespaces"), &findings)
            let percent = percent(member.value["percent"], place.appending("percent"), &findings)
            guard let version = version(member.value["to"], of: sidecar, place.appending("to"), &findings),
                let percent
            else { continue }
            rollouts[name] = Rollout(
                sidecar: name,
                version: version,
                percent: percent,
                namespaces: namespaces ?? .all
            )
        }
        return rollouts
    }

    private func percent(_ value: JSONValue?, _ place: JSONPointer, _ findings: inout DocumentFindings) -> Int? {
        guard let percent = value?.number?.integer else { return nil }
        guard (0...100).contains(percent) else {
            let hint = "a whole number from 0 to 100"
            findings.error(.invalidValue, "'percent' is \(percent)", hint: hint, at: place)
            return nil
        }
        return percent
    }

    private func version(
        _ value: JSONValue?,
        of sidecar: Sidecar,
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) -> SemanticVersion? {
        guard let text = value?.string else { return nil }
        guard let selector = VersionSelector(text) else {
            let hint = "write \(VersionSelector.allowed)"
            findings.error(.invalidVersion, "\(Quoted(text)) does not select a version", hint: hint, at: place)
            return nil
        }
        guard let version = sidecar.version(matching: selector)?.version else {
            let names = sidecar.versions.map(\.version.description) + sidecar.channels.map(\.name)
            let hint = Hint.choose(text, among: names, "versions and channels")
            findings.error(.unknownVersion, "'\(sidecar.name)' has no version \(Quoted(text))", hint: hint, at: place)
            return nil
        }
        if sidecar.version(matching: nil)?.version == version {
            let message = "the rollout changes nothing: '\(sidecar.name)' gives version \(version) to everybody"
            findings.warning(.invalidValue, message, hint: "remove it", at: place)
        }
        return version
    }
}
