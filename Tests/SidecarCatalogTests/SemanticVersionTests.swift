import SidecarCatalog
import Testing

@Suite("SemanticVersion")
struct SemanticVersionTests {
    @Test(
        "versions keep their spelling",
        arguments: ["0.0.0", "1.2.3", "10.20.30", "1.0.0-rc.1", "1.0.0-x-y.0a", "1.0.0--"]
    )
    func accepts(_ text: String) {
        #expect(SemanticVersion(text)?.description == text)
    }

    @Test(
        "what semver.org refuses is refused",
        arguments: [
            "", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.02.3", "1.2.03", "1.2.3-", "1.2.3-a..b", "1.2.3-01",
            "1.2.-3",
            " 1.2.3", "1.2.3+build", "1.2.3-ä", "1.2.9999999999", "99999999999999999999.0.0", "+1.2.3",
        ]
    )
    func refuses(_ text: String) {
        #expect(SemanticVersion(text) == nil)
    }

    @Test("the order is that of section 11")
    func order() throws {
        let texts = [
            "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-beta.99999999999999999999", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
        ]
        let versions = try texts.map { try #require(SemanticVersion($0)) }
        #expect(versions.reversed().sorted() == versions)
        #expect(Set(versions).count == versions.count)
    }
}
