import Foundation
import Testing

@testable import SidecarProxy

@Suite("Half-closed connections", .serialized)
struct HalfCloseTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test(
        "A client that ends its side behind complete requests gets their answers, then the end",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1),
            ("GET / HTTP/1.0\r\n\r\n", 1),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", 1),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", 1),
            ("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n", 2),
            ("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HT", 1),
        ]
    )
    func answered(_ requests: String, _ answers: Int) async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send(requests)
        client.endSending()
        let received = try client.receive()
        #expect(received.components(separatedBy: "HTTP/1.1 200 OK").count == answers + 1)
        #expect(received.hasSuffix("ok"))
        #expect(app.requests.count == answers)
    }

    @Test("A large answer reaches a half-closed client whole")
    func large() async throws {
        let text = String(repeating: "x", count: 8 << 20)
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 8388608\r\n\r\n" + text) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        client.endSending()
        #expect(try client.receive().hasSuffix(text))
    }

    @Test(
        "A request that can no longer become complete is given up",
        arguments: ["GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe"]
    )
    func incomplete(_ request: String) async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send(request)
        client.endSending()
        #expect(try client.receive().isEmpty)
        #expect(app.requests.isEmpty)
        #expect(try await ProxyHarness.eventually { proxy.server.activeConnections == 0 })
    }
}
