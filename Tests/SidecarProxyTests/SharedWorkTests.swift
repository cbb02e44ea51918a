import Testing

@testable import SidecarProxy

@Suite("Connections that share what requests need", .serialized)
struct SharedWorkTests {
    /// Answers with the path that was asked for.
    private func proxy() async throws -> (ScriptedUpstream, ProxyHarness) {
        let app = try await ScriptedUpstream { request in
            .send("HTTP/1.1 200 OK\r\nContent-Length: \(request.path.utf8.count)\r\n\r\n\(request.path)")
        }
        return (app, try await ProxyHarness([app.port]))
    }

    @Test("A head that comes in pieces survives the requests of other connections in between")
    func pieces() async throws {
        let (app, proxy) = try await proxy()
        let slow = try RawClient(port: proxy.port)
        slow.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try slow.receive(until: "/first").hasPrefix("HTTP/1.1 200 OK"))
        slow.send("GET /slow HTTP/1.1\r\nHo")
        for round in 0..<20 {
            #expect(try proxy.get("/other-\(round)").hasSuffix("/other-\(round)"))
        }
        slow.send("st: a\r\n\r\n")
        #expect(try slow.receive(until: "/slow").hasPrefix("HTTP/1.1 200 OK"))
        withExtendedLifetime(app) {}
    }

    @Test("Requests of many connections in turn each get their own answer")
    func turns() async throws {
        let (app, proxy) = try await proxy()
        let clients = try (0..<40).map { _ in try RawClient(port: proxy.port) }
        for round in 0..<3 {
            for (index, client) in clients.enumerated() {
                client.send("GET /\(round)-\(index) HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            for (index, client) in clients.enumerated() {
                #expect(try client.receive(until: "/\(round)-\(index)").hasPrefix("HTTP/1.1 200 OK"))
            }
        }
        withExtendedLifetime(app) {}
    }

    @Test("A client that goes in the middle leaves nothing behind for the next one")
    func leavers() async throws {
        let (app, proxy) = try await proxy()
        for round in 0..<20 {
            let leaver = try RawClient(port: proxy.port)
            leaver.send("POST /left HTTP/1.1\r\nHost: a\r\nX-Left: \(round)\r\nContent-Length: 100\r\n\r\nhalf")
            leaver.reset()
            #expect(try proxy.get("/stays-\(round)").hasSuffix("/stays-\(round)"))
        }
        withExtendedLifetime(app) {}
    }
}
