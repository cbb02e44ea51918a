import SidecarCatalog
import Testing

@Suite("SidecarName")
struct SidecarNameTests {
    @Test(
        "labels of at most 40 characters are names",
        arguments: ["a", "log-shipper", "1st", "a--b", String(repeating: "x", count: 40)]
    )
    func accepts(_ text: String) {
        #expect(SidecarName(text)?.rawValue == text)
    }

    @Test(
        "anything else is refused",
        arguments: ["", "-a", "a-", "A", "a.b", "a_b", "a b", "ä", "a\n", String(repeating: "x", count: 41)]
    )
    func refuses(_ text: String) {
        #expect(SidecarName(text) == nil)
    }
}
