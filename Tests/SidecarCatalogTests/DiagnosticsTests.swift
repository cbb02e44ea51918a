import JSON
import SidecarCatalog
import Testing

@Suite("Diagnostics")
struct DiagnosticsTests {
    private func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
        Diagnostic(
            severity: severity,
            code: .unknownField,
            message: "what",
            hint: "do",
            file: "a.yaml",
            position: SourcePosition(line: 12, column: 7, offset: 0),
            pointer: JSONPointer()
        )
    }

    @Test("a finding reads as compilers write")
    func text() {
        #expect(diagnostic(.error).description == "a.yaml:12:7: error: what; do (unknown-field)")
    }

    @Test("500 findings are kept, the rest are counted, and an error among them counts")
    func bounded() {
        var diagnostics = Diagnostics()
        for _ in 0..<510 {
            diagnostics.append(diagnostic(.warning))
        }
        #expect(diagnostics.count == 500)
        #expect(diagnostics.dropped == 10)
        #expect(!diagnostics.hasErrors)
        diagnostics.append(diagnostic(.error))
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.count(of: .error) == 0)
        #expect(diagnostics.description.hasSuffix("\nand 11 more"))
    }

    @Test("codes are spelled alike")
    func codes() {
        for code in DiagnosticCode.allCases {
            #expect(code.rawValue.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 })
        }
    }
}
