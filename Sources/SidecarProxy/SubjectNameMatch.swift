/// What an alternative name of a certificate must be: `tls.v3.SubjectAltNameMatcher`.
struct SubjectNameMatch: Sendable, Equatable {
    /// Which names are looked at.
    enum Kind: Sendable {
        case dns
        case uri
    }

    /// Which names are looked at.
    let kind: Kind
    /// What they are compared with.
    let text: String
    /// Whether a name only has to begin with it.
    let isPrefix: Bool

    /// Whether `name` is one that is asked for; DNS names are compared without regard to letter case.
    func matches(_ name: String) -> Bool {
        switch kind {
        case .dns:
            let name = name.lowercased()
            let text = text.lowercased()
            return isPrefix ? name.hasPrefix(text) : name == text
        case .uri:
            return isPrefix ? name.hasPrefix(text) : name == text
        }
    }
}
