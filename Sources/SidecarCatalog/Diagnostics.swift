import JSON

/// The findings of one pass over a catalog, in the order in which they were made, and bounded.
public struct Diagnostics: Sendable {
    /// How many findings are kept.
    public static let limit = 500

    /// The findings that were kept.
    public private(set) var entries: [Diagnostic] = []
    /// How many findings were made after the limit was reached.
    public private(set) var dropped = 0
    /// Whether any finding, kept or not, is an error.
    public private(set) var hasErrors = false

    /// Makes an empty collection.
    public init() {}

    /// Adds a finding, or counts it when there are too many.
    public mutating func append(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasErrors = true }
        guard entries.count < Self.limit else {
            dropped += 1
            return
        }
        entries.append(diagnostic)
    }

    /// Adds all findings of another collection.
    public mutating func append(contentsOf other: Diagnostics) {
        for diagnostic in other.entries {
            append(diagnostic)
        }
        dropped += other.dropped
        if other.hasErrors { hasErrors = true }
    }

    /// The same findings in the order of their files and of their places in them.
    func sorted(byFiles files: [String]) -> Diagnostics {
        var ranks: [String: Int] = [:]
        for file in files where ranks[file] == nil {
            ranks[file] = ranks.count
        }
        var result = self
        result.entries = entries.enumerated()
            .sorted { left, right in
                let leftKey = (ranks[left.element.file] ?? 0, left.element.position.offset, left.offset)
                let rightKey = (ranks[right.element.file] ?? 0, right.element.position.offset, right.offset)
                return leftKey < rightKey
            }
            .map(\.element)
        return result
    }

    /// How many of the kept findings are of `severity`.
    public func count(of severity: Diagnostic.Severity) -> Int {
        entries.count { $0.severity == severity }
    }
}

extension Diagnostics: RandomAccessCollection {
    /// The position of the first kept finding.
    public var startIndex: Int { entries.startIndex }
    /// The position after the last kept finding.
    public var endIndex: Int { entries.endIndex }
    /// The kept finding at `position`, which must be valid.
    public subscript(position: Int) -> Diagnostic { entries[position] }
}

extension Diagnostics: CustomStringConvertible {
    /// One line a finding, and one that says how many more there were.
    public var description: String {
        var lines = entries.map(\.description)
        if dropped > 0 { lines.append("and \(dropped) more") }
        return lines.joined(separator: "\n")
    }
}
