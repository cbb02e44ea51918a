import Glibc
import NIOCore
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Large bodies", .serialized)
struct LargeBodyTests {
    private static let text = DistinctText.make(12 << 20)
    private static let head = "HTTP/1.1 200 OK\r\nContent-Length: \(12 << 20)\r\n\r\n"

    @Test("Two one behind the other arrive to the byte at a client that begins to read late")
    func readsLate() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.head + Self.text) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        for path in ["/1", "/2"] { client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n") }
        #expect(try await ProxyHarness.eventually { !app.requests.isEmpty })
        try await Task.sleep(for: .milliseconds(200))
        for _ in 0..<2 {
            let head = try client.receive(through: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            let isSame = try client.receive(count: Self.text.utf8.count) == Self.text
            #expect(isSame)
        }
        #expect(app.requests.map(\.path) == ["/1", "/2"])
        #expect(app.connections == 1)
    }

    @Test("Many clients at once get what they asked for, and one that leaves halfway takes nothing from others")
    func many() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.head + Self.text) }
        let proxy = try await ProxyHarness([app.port])
        let port = proxy.port
        let whole = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let client = try RawClient(port: port)
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    _ = try client.receive(through: "\r\n\r\n")
                    guard number % 3 > 0 else {
                        _ = try client.receive(count: 1_000_000)
                        client.reset()
                        return true
                    }
                    return try client.receive(count: Self.text.utf8.count) == Self.text
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(whole == Array(repeating: true, count: 12))
        #expect(try await ProxyHarness.eventually { proxy.server.activeConnections == 0 })
    }

    @Test("A body that the application breaks off is broken off for the client")
    func brokenOff() async throws {
        let part = DistinctText.make(3 << 20)
        let app = try await ScriptedUpstream { _ in .sendAndClose(Self.head + part) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try client.receive(through: "\r\n\r\n")
        do {
            let got = try client.receive(count: Self.text.utf8.count)
            #expect(got.utf8.count <= part.utf8.count && part.hasPrefix(got))
        } catch let error as ClientError {
            // Not that nothing came for long.
            #expect(error.code == ECONNRESET)
        }
    }
}
