import SidecarCatalog

/// All codes that a lint of a catalog can give, with their pages.
public enum LintCodes {
    /// The pages: those of the loader's codes, then those of the rules.
    public static let pages: [CodePage] = loaderPages + rulePages

    /// The pages of the codes that belong to rules, and to the comments that silence rules.
    static let rulePages: [CodePage] = CatalogLinter.rules.flatMap { $0.pages } + Suppressions.pages

    /// The page of a code, or nil when there is no such code.
    public static func page(of code: String) -> CodePage? {
        pages.first { $0.code == code }
    }

    /// All pages as one Markdown document.
    public static var markdown: String {
        let rows = pages.map { "| [\($0.code)](#\($0.code)) | \($0.severity.rawValue) | \($0.title) |" }
        return """
            # What lint finds

            Every code of `pillion lint`, why it matters, and an example of wrong and right.

            ## Overview

            `pillion lint --explain CODE` shows the same. An error stops the catalog from loading or denies pods; with
            `--strict` a warning counts as one. A rule is silenced for one document by an annotation that says why, a
            line a code:

            ```yaml
            metadata:
              annotations:
                lint.pillion.dev/ignore: "missing-startup-probe: the program has no endpoint, see its issue 12"
            ```

            This page is written by `pillion lint --list -o markdown`.

            | code | severity | what it is |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            ## Errors and warnings of the loader

            \(loaderPages.map(\.markdown).joined(separator: "\n"))
            ## Rules

            \(rulePages.map(\.markdown).joined(separator: "\n"))
            """ + "\n"
    }
}
