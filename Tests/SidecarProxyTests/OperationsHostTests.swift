import Testing

@testable import SidecarProxy

@Suite("The Host of requests that change something")
struct OperationsHostTests {
    @Test(
        "localhost and IP addresses pass",
        arguments: ["localhost", "localhost:15100", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:15100"]
    )
    func local(_ host: String) {
        #expect(OperationsResponder.isLocal(host))
    }

    @Test("Names do not", arguments: ["", "evil.example", "[evil.example]", "[::1", "[::1].evil.example", "[", "[]"])
    func foreign(_ host: String) {
        #expect(!OperationsResponder.isLocal(host))
    }
}
