import SidecarCatalog
import Testing

@Suite("NearestName")
struct NearestNameTests {
    private static let names = ["log-shipper", "proxy", "secrets-agent", "path", "port"]

    @Test(
        "a typing mistake is found",
        arguments: [
            ("log-shiper", "log-shipper"), ("logshipper", "log-shipper"), ("porxy", "proxy"), ("Proxy", "proxy"),
            ("secret-agent", "secrets-agent"), ("prot", "port"), ("paht", "path"), ("pth", "path"),
        ]
    )
    func finds(_ wrong: String, _ right: String) {
        #expect(NearestName.nearest(to: wrong, among: Self.names) == right)
    }

    @Test("what is far away is not suggested", arguments: ["", "x", "completely-different", "database", "shipper-log"])
    func leaves(_ name: String) {
        #expect(NearestName.nearest(to: name, among: Self.names) == nil)
    }

    @Test("a long name costs nothing and suggests nothing")
    func long() {
        let long = String(repeating: "a", count: 1_000_000)
        #expect(NearestName.nearest(to: long, among: [long]) == nil)
        #expect(NearestName.nearest(to: "proxy", among: [long, "proxi"]) == "proxi")
    }

    @Test("of equally near names the first in order is chosen")
    func ties() {
        #expect(NearestName.nearest(to: "cat", among: ["hat", "bat"]) == "bat")
    }
}
