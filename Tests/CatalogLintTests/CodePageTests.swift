import CatalogLint
import Foundation
import Manifests
import SidecarCatalog
import Testing

@Suite("Pages of codes")
struct CodePageTests {
    @Test(
        "the wrong example gives the code",
        arguments: LintCodes.pages.map(\.code)
    )
    func wrong(code: String) throws {
        let page = try #require(LintCodes.page(of: code))
        guard code != LintCodes.unreadable.code else {
            #expect(throws: ManifestError.self) { try Example.lint(page.wrong) }
            return
        }
        let findings = try Example.lint(page.wrong, in: page.place).findings
        #expect(findings.contains { $0.code == code }, "found \(findings.map { "\($0.code): \($0.message)" })")
    }

    @Test("the right example does not give the code, and loads", arguments: LintCodes.pages.map(\.code))
    func right(code: String) throws {
        let page = try #require(LintCodes.page(of: code))
        let findings = try Example.lint(page.right, in: page.place).findings
        #expect(!findings.contains { $0.code == code })
        let errors = findings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map { "\($0.code): \($0.message)" })")
    }

    @Test("every code of the loader has a page, and no code has two")
    func complete() {
        let codes = LintCodes.pages.map(\.code)
        for code in DiagnosticCode.allCases {
            #expect(codes.contains(code.rawValue), "no page for \(code.rawValue)")
        }
        #expect(Set(codes).count == codes.count)
    }

    @Test("the checked-in page is the one that the program writes")
    func documentation() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(path: "Sources/pillion/Documentation.docc/Lint.md")
        let written = try String(contentsOf: page, encoding: .utf8)
        let isFresh = written == LintCodes.markdown
        #expect(isFresh, "stale: run 'pillion lint --list -o markdown > Sources/pillion/Documentation.docc/Lint.md'")
    }
}
