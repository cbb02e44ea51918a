import JSON

/// Makes the bundles of a catalog once its sidecars are known.
struct BundleBuilder {
    private static let pointer = JSONPointer(["spec", "bundles"])

    /// The sidecars by name.
    let sidecars: [SidecarName: Sidecar]
    /// The names of all sidecars, also of those that could not be made.
    let names: [String]

    /// The bundles; everything that is wrong with them is reported.
    func build(_ value: JSONValue?, _ findings: inout DocumentFindings) -> [String: [BundleMember]] {
        var bundles: [String: [BundleMember]] = [:]
        let bundleNames = value?.object?.keys ?? []
        for bundle in value?.object?.members ?? [] {
            let place = Self.pointer.appending(bundle.key)
            checkName(bundle.key, place, &findings)
            var members: [BundleMember] = []
            for (index, element) in (bundle.value.array ?? []).enumerated() {
                guard let text = element.string else { continue }
                let place = place.appending(index)
                if bundleNames.contains(text) {
                    let message = "there is no sidecar \(Quoted(text))"
                    findings.error(.unknownBundleMember, message, hint: "a bundle cannot hold another", at: place)
                    continue
                }
                guard let member = member(text, .unknownBundleMember, place, &findings) else { continue }
                if members.contains(where: { $0.name == member.name }) {
                    findings.error(.duplicateName, "the bundle names '\(member.name)' twice", at: place)
                }
                members.append(member)
            }
            if bundle.value.array?.isEmpty == true {
                findings.warning(.invalidValue, "the bundle '\(bundle.key)' is empty", hint: "remove it", at: place)
            }
            bundles[bundle.key] = members
        }
        return bundles
    }

    private func checkName(_ name: String, _ place: JSONPointer, _ findings: inout DocumentFindings) {
        if SidecarName(name) == nil || ["true", "false"].contains(name) {
            findings.nameError(
                .invalidName,
                "\(Quoted(name)) cannot name a bundle",
                hint: SidecarName.allowed,
                at: place
            )
        } else if names.contains(name) {
            let message = "'\(name)' is the name of a sidecar as well"
            findings.nameError(.duplicateName, message, hint: "rename the bundle", at: place)
        }
    }

    /// Reads `name`, `name@version` or `name:version`.
    ///
    /// - Parameters:
    ///   - text: What is written.
    ///   - others: What could stand there beside names of sidecars, for the advice.
    ///   - code: What an unknown name is.
    ///   - place: Where it is written.
    ///   - findings: Receives what is wrong.
    /// - Returns: The sidecar; nil when there is none, which is reported.
    func member(
        _ text: String,
        orOneOf others: [String] = [],
        _ code: DiagnosticCode,
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) -> BundleMember? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "@" || $0 == ":" }.map(
            String.init
        )
        guard let written = parts.first, let name = SidecarName(written), names.contains(written) else {
            let written = parts.first ?? ""
            let hint = Hint.choose(written, among: names + others.sorted(), "sidecars")
            findings.error(code, "there is no sidecar \(Quoted(written))", hint: hint, at: place)
            return nil
        }
        guard parts.count == 2 else { return BundleMember(name: name, selector: nil) }
        guard let selector = VersionSelector(parts[1]) else {
            let message = "\(Quoted(parts[1])) does not select a version"
            findings.error(.invalidVersion, message, hint: "write \(VersionSelector.allowed)", at: place)
            return nil
        }
        if let sidecar = sidecars[name], sidecar.version(matching: selector) == nil {
            let message = "no version of '\(name)' matches '\(selector)'"
            let versions = sidecar.versions.map(\.version.description) + sidecar.channels.map(\.name)
            findings.error(.unknownVersion, message, hint: Hint.list("versions and channels", versions), at: place)
        }
        return BundleMember(name: name, selector: selector)
    }
}
