import ProxyConfiguration
import Synchronization
import Testing

@testable import SidecarProxy

@Suite("Requests that go in a circle", .serialized)
struct HopLimitTests {
    private static func addresses(_ count: Int) -> String {
        Array(repeating: "10.0.0.1", count: count).joined(separator: ", ")
    }

    @Test(
        "A request that has passed more than 64 proxies gets 508",
        arguments: [
            (addresses(64), "200"), (addresses(65), "508"),
            (addresses(40) + "\r\nX-Forwarded-For: " + addresses(40), "508"),
            (String(repeating: "1.1.1.1,", count: 64) + "1.1.1.1", "508"), ("10.0.0.1", "200"),
        ]
    )
    func circle(_ value: String, _ status: String) async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let proxy = try await ProxyHarness([app.port]) { $0.useRemoteAddress = true }
        #expect(try proxy.get("/", "X-Forwarded-For: \(value)\r\n").hasPrefix("HTTP/1.1 \(status) "))
        #expect(app.requests.count == (status == "200" ? 1 : 0))
    }

    @Test("Where nothing is appended, nothing is counted")
    func notAppended() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let proxy = try await ProxyHarness([app.port])
        #expect(try proxy.get("/", "X-Forwarded-For: \(Self.addresses(100))\r\n").hasPrefix("HTTP/1.1 200 "))
    }

    @Test("While memory is short new requests get 503 with the flag OM")
    func shortOfMemory() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let proxy = try await ProxyHarness([app.port])
        proxy.server.tables.isShortOfMemory.store(true, ordering: .relaxed)
        let refused = try proxy.get("/")
        #expect(refused.hasPrefix("HTTP/1.1 503 ") && refused.contains("x-pillion-error: OM;"))
        #expect(app.requests.isEmpty)
        proxy.server.tables.isShortOfMemory.store(false, ordering: .relaxed)
        #expect(try proxy.get("/").hasPrefix("HTTP/1.1 200 "))
    }
}
