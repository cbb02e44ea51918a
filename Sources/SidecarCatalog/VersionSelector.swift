import Kubernetes

/// Which version of a sidecar is asked for: what stands after `@` or `:` in `log-shipper@5.1`.
///
/// | text | meaning |
/// |---|---|
/// | `1.2.3`, `1.2.3-rc.1` | exactly this version |
/// | `1`, `1.2`, `1.x`, `1.2.x`, `*` | the highest release that begins like that |
/// | `^1.2`, `~1.2`, `>=1.2` | the highest release of the range, as npm and Cargo read it |
/// | `next` | what the sidecar's channel of that name leads to |
public enum VersionSelector: Hashable, Sendable {
    /// One version, which may be a prerelease.
    case exact(SemanticVersion)
    /// The highest release in a range.
    case range(VersionRange)
    /// What a channel leads to.
    case channel(String)

    /// What is allowed, as a phrase for messages.
    public static let allowed =
        "a version such as 1.2.3, a range such as 1, 1.2, ^1.2, ~1.2 or >=1.2, or a channel such as stable"

    /// Parses a selector; nil when it is none of the forms.
    public init?(_ text: String) {
        guard text.utf8.count <= 128 else { return nil }
        if let version = SemanticVersion(text) {
            self = .exact(version)
        } else if let range = VersionRange(text) {
            self = .range(range)
        } else if Self.isChannel(text) {
            self = .channel(text)
        } else {
            return nil
        }
    }

    /// Whether `name` can name a channel: a label that begins with a letter and is no range (`x`).
    static func isChannel(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter, KubernetesName.isLabel(name) else { return false }
        return VersionRange(name) == nil
    }
}

extension VersionSelector: CustomStringConvertible {
    /// The selector as it is written.
    public var description: String {
        switch self {
        case .exact(let version): version.description
        case .range(let range): range.description
        case .channel(let name): name
        }
    }
}
