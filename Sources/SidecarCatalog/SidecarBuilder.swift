import JSON

/// Makes a sidecar of one document of kind `Sidecar`.
struct SidecarBuilder {
    private static let spec = JSONPointer(["spec"])

    private var findings: DocumentFindings
    private let value: JSONValue

    /// Prepares to read a document.
    init(_ document: CatalogDocument) {
        findings = DocumentFindings(document)
        value = document.value["spec"] ?? [:]
    }

    /// The sidecar, or nil when it has no usable name; and what was found.
    static func build(_ document: CatalogDocument) -> (draft: SidecarDraft?, findings: DocumentFindings) {
        var builder = SidecarBuilder(document)
        let draft = builder.draft()
        return (draft, draft?.findings ?? builder.findings)
    }

    private mutating func draft() -> SidecarDraft? {
        var checker = ShapeChecker(findings)
        checker.check(findings.document.value, .sidecar, at: JSONPointer())
        findings = checker.findings
        guard let name = name() else { return nil }
        let exception = securityException()
        let versions = versions(of: name, hasException: exception != nil)
        let channels = channels(versions.map(\.version))
        let entitled = entitlement()
        return SidecarDraft(
            name: name,
            findings: findings,
            phase: value["phase"]?.string,
            after: strings("after"),
            before: strings("before"),
            conflicts: strings("conflicts"),
            entitled: entitled,
            podSecurityException: exception,
            channels: channels,
            versions: versions
        )
    }

    private func strings(_ field: String) -> [String] {
        value[field]?.array?.map { $0.string ?? "" } ?? []
    }

    private mutating func name() -> SidecarName? {
        guard let text = findings.document.value["metadata"]?["name"]?.string else { return nil }
        let pointer = JSONPointer(["metadata", "name"])
        guard let name = SidecarName(text) else {
            findings.error(
                .invalidName,
                "\(Quoted(text)) cannot name a sidecar",
                hint: SidecarName.allowed,
                at: pointer
            )
            return nil
        }
        if ["true", "false"].contains(text) {
            let hint = "the annotation 'inject' uses the word for something else"
            findings.error(.invalidName, "a sidecar cannot be called '\(text)'", hint: hint, at: pointer)
        }
        return name
    }

    private mutating func versions(of name: SidecarName, hasException: Bool) -> [SidecarVersion] {
        let place = Self.spec.appending("versions")
        guard let declared = value["versions"]?.object else { return [] }
        if declared.isEmpty {
            findings.error(
                .missingField,
                "the sidecar has no version",
                hint: "declare one, such as '1.0.0:'",
                at: place
            )
        }
        var versions: [SidecarVersion] = []
        for member in declared.members {
            let pointer = place.appending(member.key)
            guard let version = SemanticVersion(member.key) else {
                let hint = "write major.minor.patch, such as 1.2.3 or 1.2.3-rc.1"
                findings.nameError(
                    .invalidVersion,
                    "\(Quoted(member.key)) is not a semantic version",
                    hint: hint,
                    at: pointer
                )
                continue
            }
            let builder = VersionBuilder(
                sidecar: name,
                version: version,
                value: member.value,
                pointer: pointer,
                declared: declared.keys,
                guaranteed: value["resources"]?["guaranteed"]?.string.flatMap(GuaranteedPolicy.init),
                hasSecurityException: hasException
            )
            versions.append(builder.build(&findings))
        }
        return versions.sorted { $0.version < $1.version }
    }

    /// A reason as text, or as the member `reason` of an object.
    private mutating func securityException() -> PodSecurityException? {
        let exception = value["podSecurityException"]
        guard let reason = exception?.string ?? exception?["reason"]?.string else { return nil }
        if reason.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) {
            let pointer = Self.spec.appending("podSecurityException")
            let place = exception?.object == nil ? pointer : pointer.appending("reason")
            findings.error(.invalidValue, "the exception gives no reason", hint: "say why it is needed", at: place)
        }
        return PodSecurityException(reason: reason)
    }

    private mutating func entitlement() -> Entitlement {
        let (entitled, place) = (value["entitled"], Self.spec.appending("entitled"))
        let namespaces = GlobListBuilder(subject: .namespaces)
            .build(entitled?["namespaces"], at: place.appending("namespaces"), &findings)
        let serviceAccounts = GlobListBuilder(subject: .serviceAccounts)
            .build(entitled?["serviceAccounts"], at: place.appending("serviceAccounts"), &findings)
        return Entitlement(namespaces: namespaces ?? .all, serviceAccounts: serviceAccounts ?? .all)
    }

    private mutating func channels(_ versions: [SemanticVersion]) -> [SidecarChannel] {
        var channels: [SidecarChannel] = []
        let declared = value["versions"]?.object?.keys ?? []
        for member in value["channels"]?.object?.members ?? [] {
            let pointer = Self.spec.appending("channels").appending(member.key)
            if !VersionSelector.isChannel(member.key) {
                let hint = "lower-case letters, digits and '-', beginning with a letter"
                findings.nameError(.invalidName, "\(Quoted(member.key)) cannot name a channel", hint: hint, at: pointer)
            }
            guard let text = member.value.string else { continue }
            if let version = SemanticVersion(text), versions.contains(version) {
                channels.append(SidecarChannel(name: member.key, version: version))
            } else if !declared.contains(text) {
                let message = "channel '\(member.key)' leads to version \(Quoted(text)), which is not declared"
                let hint = Hint.choose(text, among: declared, "declared versions")
                findings.error(.unknownVersion, message, hint: hint, at: pointer)
            }
        }
        return channels
    }
}
