import Kubernetes

/// The name of a sidecar: an RFC 1123 label of at most 40 characters.
///
/// The limit leaves room for what is put behind the name in volume and container names (63 characters).
public struct SidecarName: Hashable, Sendable {
    /// How long a name may be.
    public static let maximumLength = 40

    /// What is allowed, as a phrase for messages.
    public static let allowed =
        "at most 40 lower-case letters, digits and '-', beginning and ending with a letter or digit"

    /// The name.
    public let rawValue: String

    /// Checks a name; nil when it is not one.
    public init?(_ rawValue: String) {
        guard rawValue.utf8.count <= Self.maximumLength, KubernetesName.isLabel(rawValue) else { return nil }
        self.rawValue = rawValue
    }
}

extension SidecarName: Comparable, CustomStringConvertible {
    /// Whether `left` sorts before `right`, by bytes.
    public static func < (left: SidecarName, right: SidecarName) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The name.
    public var description: String { rawValue }
}
