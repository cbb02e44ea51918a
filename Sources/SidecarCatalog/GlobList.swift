/// Patterns of names, in which `*` stands for any characters; a name matches when one of them does.
///
/// Patterns are taken apart once, when the catalog is loaded; plain names are looked up instead of compared.
public struct GlobList: Sendable {
    /// The patterns as they are written.
    public let patterns: [String]
    /// Whether every name matches.
    public let matchesAll: Bool

    private let names: Set<String>
    private let globs: [Glob]

    /// A list that every name matches.
    public static let all = GlobList(["*"])

    /// Makes a list.
    init(_ patterns: [String]) {
        self.patterns = patterns
        matchesAll = patterns.contains { !$0.isEmpty && $0.utf8.allSatisfy { $0 == UInt8(ascii: "*") } }
        names = Set(patterns.filter { !$0.utf8.contains(UInt8(ascii: "*")) })
        globs = patterns.filter { $0.utf8.contains(UInt8(ascii: "*")) }.map { Glob($0) }
    }

    /// Whether a pattern matches all of `name`.
    public func matches(_ name: String) -> Bool {
        matchesAll || names.contains(name) || globs.contains { $0.matches(name) }
    }
}
