import SidecarCatalog

extension Suppressions {
    /// The pages of what is wrong with annotations that silence findings.
    static let pages = [invalid, unused]

    private static let head = """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata:
          name: acme
          annotations:
        """

    static let invalid = CodePage(
        "invalid-suppression",
        .warning,
        "An annotation that cannot silence anything",
        "A line of `lint.pillion.dev/ignore` is a code, a colon and a reason. Without a reason nobody can tell later "
            + "whether it still holds; a misspelt code silences nothing.",
        in: .documents,
        wrong: "\(head)\n    lint.pillion.dev/ignore: unused-phase",
        right: "\(head)\n    lint.pillion.dev/ignore: \"unused-phase: the policy agents come next month\""
    )

    static let unused = CodePage(
        "unused-suppression",
        .warning,
        "An annotation that silences what is not there",
        "What it silenced has been mended, or is an error that stops the catalog from loading, which cannot be silenced. "
            + "Left in place it would hide the same mistake the next time.",
        in: .documents,
        wrong: "\(head)\n    lint.pillion.dev/ignore: \"latest-tag: built nightly\"",
        right: "\(head) {}"
    )
}
