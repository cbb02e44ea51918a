import Kubernetes

/// A version in the order of Semantic Versioning 2.0.0 (https://semver.org), without build metadata.
///
/// Build metadata is refused: versions that differ only there would have no order.
public struct SemanticVersion: Hashable, Sendable {
    /// The first number.
    public let major: Int
    /// The second number.
    public let minor: Int
    /// The third number.
    public let patch: Int
    /// The identifiers after `-`; none in a release.
    public let prerelease: [String]

    /// Whether the version has a prerelease part.
    public var isPrerelease: Bool { !prerelease.isEmpty }

    /// Parses `1.2.3` or `1.2.3-rc.1`; nil when it is anything else (at most 128 bytes, numbers of at most 9 digits).
    public init?(_ text: String) {
        guard text.utf8.count <= 128 else { return nil }
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let core = parts.first else { return nil }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false).map { Self.number($0) }
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2] else {
            return nil
        }
        let prerelease =
            parts.count == 2 ? parts[1].split(separator: ".", omittingEmptySubsequences: false).map(String.init) : []
        guard prerelease.allSatisfy({ Self.isIdentifier($0) }) else { return nil }
        self.init(major: major, minor: minor, patch: patch, prerelease: prerelease)
    }

    /// Makes a version from its parts, which the caller has checked.
    init(major: Int, minor: Int, patch: Int, prerelease: [String] = []) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
    }

    /// A number without leading zeros of at most 9 digits, so that adding one cannot overflow.
    static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit) else { return nil }
        guard text == "0" || text.utf8.first != UInt8(ascii: "0") else { return nil }
        return Int(text)
    }

    /// Section 9: letters, digits and `-`; numbers without leading zeros.
    private static func isIdentifier(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") }) else {
            return false
        }
        return !text.utf8.allSatisfy(\.isDigit) || text == "0" || text.utf8.first != UInt8(ascii: "0")
    }
}

extension SemanticVersion: Comparable {
    /// Precedence (section 11).
    public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        let (leftCore, rightCore) = ((left.major, left.minor, left.patch), (right.major, right.minor, right.patch))
        guard leftCore == rightCore else { return leftCore < rightCore }
        guard left.isPrerelease, right.isPrerelease else { return left.isPrerelease && !right.isPrerelease }
        for (left, right) in zip(left.prerelease, right.prerelease) where left != right {
            return precedes(left, right)
        }
        return left.prerelease.count < right.prerelease.count
    }

    /// Numbers by value and before words, words by bytes (section 11.4).
    private static func precedes(_ left: String, _ right: String) -> Bool {
        let (leftIsNumber, rightIsNumber) = (left.utf8.allSatisfy(\.isDigit), right.utf8.allSatisfy(\.isDigit))
        guard leftIsNumber == rightIsNumber else { return leftIsNumber }
        if leftIsNumber, left.utf8.count != right.utf8.count { return left.utf8.count < right.utf8.count }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension SemanticVersion: CustomStringConvertible {
    /// The version as it is written.
    public var description: String {
        let core = "\(major).\(minor).\(patch)"
        return isPrerelease ? "\(core)-\(prerelease.joined(separator: "."))" : core
    }
}
