import Spelling
import Testing

@Suite struct NearestNameTests {
    @Test(
        "The nearest name is found, and none that is far",
        arguments: [
            ("timout", "timeout"), ("timeout", "timeout"), ("tiemout", "timeout"), ("x", nil), ("retries", nil),
            ("rout", "route"), ("", nil), ("clusters", "cluster"),
        ] as [(String, String?)]
    )
    func nearest(name: String, expected: String?) {
        #expect(NearestName.nearest(to: name, among: ["timeout", "route", "router", "cluster"]) == expected)
    }

    @Test("Of two that are as near, the first is taken")
    func ties() {
        #expect(NearestName.nearest(to: "abc", among: ["abd", "abe"]) == "abd")
    }

    @Test("Very long names end soon")
    func long() {
        let name = String(repeating: "a", count: 1_000_000)
        #expect(NearestName.nearest(to: name, among: ["b"]) == nil)
    }
}
