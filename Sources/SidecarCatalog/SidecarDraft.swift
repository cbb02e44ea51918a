import JSON

/// A sidecar as its own document says, before it has met the others.
struct SidecarDraft {
    /// The name.
    let name: SidecarName
    /// Its document with what was found so far.
    var findings: DocumentFindings
    /// The phase it asks for; nil when it names none.
    let phase: String?
    /// The names in `after`, unchecked.
    let after: [String]
    /// The names in `before`, unchecked.
    let before: [String]
    /// The names in `conflicts`, unchecked.
    let conflicts: [String]
    /// Who may have it.
    let entitled: Entitlement
    /// Why it may ask for more than the Pod Security level allows.
    let podSecurityException: PodSecurityException?
    /// The channels that lead somewhere.
    let channels: [SidecarChannel]
    /// The versions, ascending.
    let versions: [SidecarVersion]

    /// The `spec` of the document.
    var spec: JSONValue { findings.document.value["spec"] ?? [:] }
}
