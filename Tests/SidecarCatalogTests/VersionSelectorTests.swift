import SidecarCatalog
import Testing

@Suite("VersionSelector")
struct VersionSelectorTests {
    private static let versions = [
        "0.2.3", "0.2.9", "0.3.0", "1.0.0", "1.2.3", "1.2.9", "1.3.0", "1.9.9", "2.0.0-rc.1", "2.0.0", "3.0.0-beta.1",
    ]

    @Test(
        "a range picks the highest release in it",
        arguments: [
            ("1", "1.9.9"), ("1.2", "1.2.9"), ("1.x", "1.9.9"), ("1.2.x", "1.2.9"), ("1.2.*", "1.2.9"), ("*", "2.0.0"),
            ("^1.2.3", "1.9.9"), ("^1.2", "1.9.9"), ("^0.2.3", "0.2.9"), ("^0.2", "0.2.9"), ("^0", "0.3.0"),
            ("~1.2.3", "1.2.9"), ("~1.2", "1.2.9"), ("~1", "1.9.9"), (">=1.3", "2.0.0"), (">=2.0.0", "2.0.0"),
            ("2", "2.0.0"),
            ("1.2.3", "1.2.3"), ("3.0.0-beta.1", "3.0.0-beta.1"),
        ]
    )
    func picks(_ text: String, _ expected: String) throws {
        #expect(try pick(text) == expected)
    }

    @Test("nothing is picked outside of a range", arguments: ["3", "^2.1", "1.4", "4.0.0", ">=2.1", "~0.4", "^0.0.3"])
    func picksNothing(_ text: String) throws {
        #expect(try pick(text) == nil)
    }

    @Test("names of channels are told from ranges", arguments: ["stable", "next", "lts-5", "edge"])
    func channels(_ text: String) {
        #expect(VersionSelector(text) == .channel(text))
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "^", "~", ">=", "1.", ".1", "1..2", "1.2.3.4", "v1.2", "Stable", "1 2", "x.1", "=1", "<2", "1.2.3+b",
            "^x", "01",
        ]
    )
    func refuses(_ text: String) {
        #expect(VersionSelector(text) == nil)
    }

    private func pick(_ text: String) throws -> String? {
        let body = Self.versions.map { "    \($0): {container: {image: example/a:1}}\n" }.joined()
        let document = "apiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: a}\nspec:\n  versions:\n" + body
        let sidecar = try #require(try Loaded.catalog(document).sidecars.first)
        let selector: VersionSelector = try #require(VersionSelector(text))
        return sidecar.version(matching: selector)?.version.description
    }
}
