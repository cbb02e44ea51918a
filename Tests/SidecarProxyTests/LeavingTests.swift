import Foundation
import ServerCore
import Testing

@testable import SidecarProxy

@Suite("Leaving", .serialized)
struct LeavingTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test("A draining proxy accepts, serves and asks clients to leave")
    func drain() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(until: "ok").contains("connection: close") == false)
        proxy.server.beginDrain()
        #expect(!proxy.server.state.isReady)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive().contains("connection: close\r\n"))
        #expect(try proxy.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").contains("connection: close\r\n"))
    }

    @Test("A request under way is finished before the proxy is gone")
    func inFlight() async throws {
        let app = try await ScriptedUpstream { _ in .silence }
        var exit = ExitPolicy()
        exit.gracePeriod = .seconds(3)
        let proxy = try await ProxyHarness([app.port], exit: exit)
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await ProxyHarness.eventually { app.requests.count == 1 })
        let clock = ContinuousClock()
        let start = clock.now
        await proxy.server.leave()
        // Silent for good: cut off when the grace period is almost over.
        #expect(clock.now - start >= .milliseconds(900))
        #expect(throws: ClientError.self) { try RawClient(port: proxy.port) }
    }

    @Test(
        "The exit policy follows its table",
        arguments: [
            // life cycle, elapsed, gone, without requests, without connections, over
            (ExitPolicy.LifeCycle.native, 100, -1, 0, -1, true),
            (.native, 100, -1, -1, -1, false),
            (.native, 1500, -1, -1, -1, true),
            (.automatic, 500, -1, 500, 500, false),
            (.automatic, 1100, -1, 1000, -1, true),
            (.automatic, 100, 100, 0, -1, true),
            (.automatic, 100, 100, -1, -1, false),
            (.automatic, 1600, 1500, -1, -1, true),
            (.plain, 4900, -1, 4900, 4900, false),
            (.plain, 5000, -1, 5000, 5000, true),
            (.plain, 27_000, -1, -1, -1, false),
            (.plain, 28_000, -1, -1, -1, true),
            (.automatic, 28_000, -1, -1, -1, true),
        ]
    )
    func policy(_ cycle: ExitPolicy.LifeCycle, _ elapsed: Int, _ gone: Int, _ quiet: Int, _ empty: Int, _ over: Bool) {
        var policy = ExitPolicy()
        policy.lifeCycle = cycle
        func time(_ milliseconds: Int) -> Duration? { milliseconds < 0 ? nil : .milliseconds(milliseconds) }
        #expect(
            policy.isOver(
                elapsed: .milliseconds(elapsed),
                gone: time(gone),
                withoutRequests: time(quiet),
                withoutConnections: time(empty)
            ) == over
        )
    }

    @Test("A request of HTTP/2 that crosses with the call to leave is still served")
    func crossing() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Self.frame(type: 4, flags: 0, stream: 0, ""))
        client.send(Self.frame(type: 1, flags: 5, stream: 1, Self.request))
        #expect(try await ProxyHarness.eventually { app.requests.count == 1 && proxy.server.activeRequests == 0 })
        proxy.server.beginDrain()
        // The loop has sent the call by the time that it serves something else.
        _ = try proxy.get("/other")
        client.send(Self.frame(type: 1, flags: 5, stream: 3, Self.request))
        #expect(try await ProxyHarness.eventually { app.requests.count { $0.path == "/x" } == 2 })
    }

    /// A request in literals (RFC 7541 section 6.2.2).
    private static let request = [
        (":method", "GET"), (":scheme", "http"), (":authority", "a"), (":path", "/x"),
    ].map { "\0" + text($0.0) + text($0.1) }.joined()

    private static func text(_ text: String) -> String { byte(text.utf8.count) + text }

    private static func byte(_ number: Int) -> String { String(Unicode.Scalar(UInt8(number))) }

    private static func frame(type: Int, flags: Int, stream: Int, _ payload: String) -> String {
        "\0\0" + byte(payload.utf8.count) + byte(type) + byte(flags) + "\0\0\0" + byte(stream) + payload
    }
}
