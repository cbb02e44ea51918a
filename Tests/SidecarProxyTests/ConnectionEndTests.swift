import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("How long a client's connection lasts", .serialized)
struct ConnectionEndTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private func proxy(
        _ app: ScriptedUpstream,
        _ change: (inout HTTPConnectionManager) -> Void
    ) async throws -> ProxyHarness {
        try await ProxyHarness([app.port], change: change)
    }

    @Test("After the allowed number of requests the connection is closed in order")
    func requests() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await proxy(app) { $0.options.maxRequestsPerConnection = 2 }
        let client = try RawClient(port: proxy.port)
        client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(until: "ok").contains("connection: close") == false)
        client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive().lowercased().contains("connection: close\r\n"))
    }

    @Test("A connection without a request ends when its time is over")
    func duration() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await proxy(app) { $0.options.maxConnectionDuration = .milliseconds(200) }
        let client = try RawClient(port: proxy.port)
        // The end of the connection comes within the client's own limit, or this throws.
        #expect(try client.receive() == "")
    }
}
