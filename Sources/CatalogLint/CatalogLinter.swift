import JSON
public import SidecarCatalog

/// Looks for what is legal in a catalog and still wrong: in each sidecar, in each pair that may meet in a pod, and in
/// the catalog as a whole.
///
/// Everything is rendered once with the default parameters. What is compared between sidecars is put into tables first,
/// so that the work grows with the sidecars and with what collides, not with the number of pairs.
public enum CatalogLinter {
    /// The rules in the order in which their codes are listed.
    static let rules: [any LintRule.Type] = entryRules + pairRules + catalogRules

    /// Rules about one sidecar.
    private static let entryRules: [any LintRule.Type] = [
        OwnerRule.self, StartupProbeRule.self, ResourcesRule.self, UserRule.self, ShellRule.self,
        ProbePortRule.self, ApplicationProbeRule.self, BackendProbeRule.self, TagRule.self, PodFieldRule.self,
        HiddenContentRule.self, SecretTextRule.self, SharedDirectoryRule.self, DescriptionRule.self,
        RenderedImageRule.self, QualityRule.self, PodSecurityRule.self,
    ]

    /// Rules about sidecars that meet in one pod.
    private static let pairRules: [any LintRule.Type] = [
        PortPairRule.self, VolumePairRule.self, MountPairRule.self, EnvironmentPairRule.self, MetadataPairRule.self,
        CapturePairRule.self, BudgetRule.self,
    ]

    /// Rules about the catalog as a whole.
    private static let catalogRules: [any LintRule.Type] = [
        PhaseRule.self, BundleRule.self, InjectionRuleRule.self, LifecycleRule.self,
    ]

    /// Lints a catalog.
    ///
    /// - Parameters:
    ///   - documents: The documents of the catalog.
    ///   - catalog: What the loader made of them; nil when an error stopped it, and then only the loader's findings
    ///     are reported.
    ///   - loaded: What the loader found.
    ///   - today: The day on which versions are current or not; nil to leave dates out.
    /// - Returns: The findings, at most 500, in the order of the documents.
    public static func lint(
        _ documents: [CatalogDocument],
        catalog: Catalog?,
        loaded: Diagnostics,
        today: CalendarDate? = nil
    ) -> LintResult {
        let documents = documents.flatMap(\.items)
        var findings = LintFindings(loaded, suppressions: Suppressions(documents))
        if let catalog {
            let linted = LintedCatalog(catalog, documents: documents, today: today)
            for rule in rules {
                rule.check(linted, &findings)
            }
        }
        let suppressions = findings.suppressions
        suppressions.report(&findings)
        return LintResult(
            findings: sorted(findings.kept, by: documents),
            dropped: findings.dropped,
            suppressed: findings.suppressed,
            worst: findings.worst
        )
    }

    private static func sorted(_ findings: [LintFinding], by documents: [CatalogDocument]) -> [LintFinding] {
        var ranks: [String: Int] = [:]
        for document in documents where ranks[document.file] == nil {
            ranks[document.file] = ranks.count
        }
        return findings.enumerated()
            .sorted { left, right in
                let leftKey = (ranks[left.element.file] ?? 0, left.element.position.offset, left.offset)
                let rightKey = (ranks[right.element.file] ?? 0, right.element.position.offset, right.offset)
                return leftKey < rightKey
            }
            .map(\.element)
    }
}
