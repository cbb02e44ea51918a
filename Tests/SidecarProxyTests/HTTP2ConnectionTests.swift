import ServerCore
import Testing

@testable import SidecarProxy

@Suite("Connections of HTTP/2", .serialized)
struct HTTP2ConnectionTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    private static let greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "")

    /// A frame; all its bytes are below 128.
    private static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ payload: String) -> String {
        String(decoding: [0, 0, UInt8(payload.utf8.count), type, flags, 0, 0, 0, stream], as: UTF8.self) + payload
    }

    /// A block of literals without indexing.
    private static func block(_ fields: [(String, String)]) -> String {
        func text(_ string: String) -> String { String(decoding: [UInt8(string.utf8.count)], as: UTF8.self) + string }
        return fields.map { "\0" + text($0.0) + text($0.1) }.joined()
    }

    private static func request(_ stream: UInt8, _ method: String, flags: UInt8) -> String {
        let fields = [(":method", method), (":scheme", "http"), (":path", "/"), (":authority", "a")]
        return frame(1, flags, stream, block(fields))
    }

    @Test("Trailers that come after everything else has been read still end the request")
    func trailers() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send(Self.greeting + Self.request(1, "POST", flags: 4) + Self.frame(0, 0, 1, "abc"))
        #expect(try await ProxyHarness.eventually { app.connections == 1 })
        client.send(Self.frame(1, 5, 1, Self.block([("x-sum", "1")])))
        #expect(try client.receive(until: "ok").contains("ok"))
        #expect(app.requests.first?.text.hasSuffix("3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n") == true)
    }

    @Test("A client that has not yet seen that the proxy leaves is served")
    func drain() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        // A PING with its answer: the connection is there, and no stream is open.
        client.send(Self.greeting + Self.frame(6, 0, 0, "12345678"))
        _ = try client.receive(until: "12345678")
        proxy.server.beginDrain()
        client.send(Self.request(1, "GET", flags: 5))
        #expect(try client.receive(until: "ok").contains("ok"))
    }

    @Test("A block for a stream whose request has ended resets it with STREAM_CLOSED")
    func reopened() async throws {
        let app = try await ScriptedUpstream { _ in .silence }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send(Self.greeting + Self.request(1, "GET", flags: 5) + Self.request(1, "GET", flags: 5))
        #expect(try client.receive(until: Self.frame(3, 0, 1, "\0\0\0\u{5}")).isEmpty == false)
    }

    @Test("Requests that are taken back with the packet they came in reach no application")
    func rapidReset() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        let taken = stride(from: UInt8(1), to: 100, by: 2)
            .map { Self.request($0, "GET", flags: 5) + Self.frame(3, 0, $0, "\0\0\0\u{8}") }
        client.send(Self.greeting + taken.joined() + Self.request(101, "GET", flags: 5))
        #expect(try client.receive(until: "ok").contains("ok"))
        #expect(app.connections == 1)
        #expect(app.requests.count == 1)
    }

    @Test("Requests that come together are all served, though connections for them are made a few at a time")
    func together() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        let requests = stride(from: UInt8(1), to: 120, by: 2).map { Self.request($0, "GET", flags: 5) }
        client.send(Self.greeting + requests.joined())
        #expect(try await ProxyHarness.eventually { app.requests.count == 60 })
    }
}
