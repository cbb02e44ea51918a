/// The minor version of a cluster, for example 1.29.
public struct KubernetesVersion: Sendable, Hashable, Comparable {
    /// The major version.
    public let major: Int
    /// The minor version.
    public let minor: Int

    /// The first version that runs native sidecars unless told otherwise (KEP-753, beta).
    public static let nativeSidecars = KubernetesVersion(major: 1, minor: 29)

    /// Makes a version.
    public init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `1.29`, `v1.29.3` or `1.29+`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.drop { $0 == "v" }.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let major = Int(parts[0]), major >= 0, major < 1000 else { return nil }
        let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
        let rest = parts[1].dropFirst(digits.count)
        guard let minor = Int(digits), minor < 1000, rest.isEmpty || rest == "+" else { return nil }
        self.init(major: major, minor: minor)
    }

    /// Orders by major, then minor version.
    public static func < (left: KubernetesVersion, right: KubernetesVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension KubernetesVersion: CustomStringConvertible {
    /// `major.minor`.
    public var description: String {
        "\(major).\(minor)"
    }
}
