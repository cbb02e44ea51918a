import Fixtures
import Foundation
import Injection
import Testing

@Suite("DecisionReference")
struct DecisionReferenceTests {
    private static let page = "Sources/pillion/Documentation.docc/Decisions.md"

    /// With `PILLION_UPDATE_DOCS=1` in the environment the page is written anew instead.
    @Test("the page in the documentation lists exactly the codes and sentences of the engine")
    func page() throws {
        let file = Fixture.repository.appendingPathComponent(Self.page)
        if ProcessInfo.processInfo.environment["PILLION_UPDATE_DOCS"] == "1" {
            try DecisionReference.markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == DecisionReference.markdown)
    }
}
