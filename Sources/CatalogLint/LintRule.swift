import SidecarCatalog

/// One thing that lint looks for.
protocol LintRule: SendableMetatype {
    /// The pages of the codes it gives; the first is that of most of its findings.
    static var pages: [CodePage] { get }

    /// Reports every place of a catalog where the rule is broken.
    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings)
}
