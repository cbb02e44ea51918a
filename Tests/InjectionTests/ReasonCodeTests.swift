@testable import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("ReasonCode")
struct ReasonCodeTests {
    @Test("every code has a case that produces it", arguments: ReasonCode.allCases)
    func produced(_ code: ReasonCode) throws {
        let found = try ReasonCase.produce(code)
        #expect(found.code == code, "\(found.message)")
        #expect(!found.message.isEmpty && !found.message.contains("\n"))
    }

    @Test("codes are lower-case words, and sentences are sentences", arguments: ReasonCode.allCases)
    func spelling(_ code: ReasonCode) {
        #expect(code.rawValue.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
        #expect(code.sentence.hasSuffix(".") && code.sentence.first?.isUppercase == true)
    }

    @Test("no two codes have the same sentence")
    func sentences() {
        #expect(Set(ReasonCode.allCases.map(\.sentence)).count == ReasonCode.allCases.count)
    }

    @Test("all but those that need nothing say what to do", arguments: ReasonCode.allCases)
    func remedies(_ code: ReasonCode) throws {
        let settled: [ReasonCode] = [.injected, .repaired, .notPodCreate, .ownNamespace, .alreadyInjected]
        guard !settled.contains(code) else { return #expect(code.remedy == nil) }
        let remedy = try #require(code.remedy)
        #expect(remedy.hasSuffix(".") && remedy.first?.isUppercase == true && remedy != code.sentence)
    }
}
