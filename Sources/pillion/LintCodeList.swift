import CatalogLint
import JSON
import Reports
import SidecarCatalog

/// What the codes of lint mean, for people and for programs.
enum LintCodeList {
    /// All codes in a notation.
    static func text(_ format: LintCommand.Format) -> String {
        switch format {
        case .markdown: LintCodes.markdown
        case .json: json
        default: AlignedColumns.text(LintCodes.pages.map { [$0.code, $0.severity.rawValue, $0.title] })
        }
    }

    /// The page of a code.
    ///
    /// - Throws: A failure with the nearest code when there is none.
    static func explanation(of code: String) throws -> String {
        if let page = LintCodes.page(of: code) { return page.text }
        let nearest = NearestName.nearest(to: code, among: LintCodes.pages.map(\.code))
        let advice = nearest.map { "did you mean \($0)?" } ?? "'pillion lint --list' shows all codes"
        throw CommandFailure("there is no code '\(code)'; \(advice)")
    }

    private static var json: String {
        let values = LintCodes.pages.map { page -> JSONValue in
            [
                "code": .string(page.code), "severity": .string(page.severity.rawValue), "title": .string(page.title),
                "explanation": .string(page.explanation), "wrong": .string(page.wrong), "right": .string(page.right),
            ]
        }
        return String(decoding: JSONWriter.pretty(.array(values)), as: UTF8.self) + "\n"
    }
}
