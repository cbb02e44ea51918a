import NIOCore
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

    @Test("A request that crosses the end of the connection's time is served within the drain timeout")
    func crossing() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await proxy(app) {
            $0.options.maxConnectionDuration = .seconds(1)
            $0.drainTimeout = .seconds(20)
        }
        let client = try RawClient(port: proxy.port)
        // A connection that has never been used is closed at once.
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(until: "ok").contains("connection: close") == false)
        try await Task.sleep(for: .milliseconds(1300))
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try client.receive()
        #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("ok"))
        #expect(answer.contains("connection: close\r\n"))
    }

    @Test("A stream of small pieces lasts longer than a silent one may")
    func pieces() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"
        let body = String(repeating: "x", count: 20)
        let app = try await ScriptedUpstream { _ in .pieces(head, body, pause: .milliseconds(100)) }
        let proxy = try await proxy(app) { $0.streamIdleTimeout = .seconds(1) }
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(until: body).hasPrefix("HTTP/1.1 200"))
    }
}
