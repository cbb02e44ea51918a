public import SidecarCatalog

/// What a lint of a catalog found.
public struct LintResult: Sendable {
    /// The findings in the order of their files and places.
    public let findings: [LintFinding]
    /// How many findings there were beyond the limit.
    public let dropped: Int
    /// How many findings were silenced by annotations.
    public let suppressed: Int
    /// The severest of all findings, kept or not; nil when there are none.
    public let worst: Diagnostic.Severity?
}
