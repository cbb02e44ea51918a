/// A range of releases; prereleases are never in one.
public struct VersionRange: Hashable, Sendable {
    private let text: String
    private let lower: SemanticVersion
    /// The first version above the range; nil when there is no end.
    private let upper: SemanticVersion?

    /// Parses `1`, `1.2`, `1.x`, `*`, `^1.2.3`, `~1.2`, `>=1`; nil for anything else, including an exact version.
    init?(_ text: String) {
        let operation = ["^", "~", ">="].first { text.hasPrefix($0) } ?? ""
        guard let numbers = Self.numbers(text.dropFirst(operation.utf8.count)) else { return nil }
        guard operation.isEmpty ? numbers.count < 3 : !numbers.isEmpty else { return nil }
        self.text = text
        self.lower = Self.version(numbers)
        self.upper =
            switch operation {
            case ">=": nil
            case "^": Self.caret(numbers)
            case "~": Self.next(after: Array(numbers.prefix(2)))
            default: Self.next(after: numbers)
            }
    }

    /// Whether `version` is a release in the range.
    public func contains(_ version: SemanticVersion) -> Bool {
        guard !version.isPrerelease, version >= lower else { return false }
        guard let upper else { return true }
        return version < upper
    }

    /// The numbers before the first wildcard, all of them when there is none; nil when it is no version at all.
    private static func numbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        let isWildcard = parts.map { ["x", "X", "*"].contains($0) }
        let wildcards = isWildcard.drop { !$0 }
        guard wildcards.allSatisfy({ $0 }) else { return nil }
        var numbers: [Int] = []
        for part in parts.dropLast(wildcards.count) {
            guard let number = SemanticVersion.number(part) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    private static func version(_ numbers: [Int]) -> SemanticVersion {
        let padded = numbers + [0, 0, 0]
        return SemanticVersion(major: padded[0], minor: padded[1], patch: padded[2])
    }

    /// The first version that no longer begins with `numbers`.
    private static func next(after numbers: [Int]) -> SemanticVersion? {
        guard let last = numbers.last else { return nil }
        return version(numbers.dropLast() + [last + 1])
    }

    /// The first version that changes the leftmost number that is not zero.
    private static func caret(_ numbers: [Int]) -> SemanticVersion? {
        let significant = numbers.firstIndex { $0 != 0 } ?? numbers.count - 1
        return next(after: Array(numbers[...significant]))
    }
}

extension VersionRange: CustomStringConvertible {
    /// The range as it is written.
    public var description: String { text }
}
