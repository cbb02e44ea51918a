import Foundation
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Failures", .serialized)
struct FailureTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test(
        "A request that breaks HTTP is refused and never forwarded",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 405),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", 417),
            ("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 101) + "\r\n", 431),
            ("GET /\r\n", 400),
        ]
    )
    func refused(_ request: String, _ status: Int) async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let answer = try proxy.exchange(request)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("x-pillion-error: DPE; ") && answer.contains("connection: close\r\n"))
        #expect(app.requests.isEmpty)
    }

    @Test("An application that is not there gives 503 UF on a connection that lives on")
    func refusedConnection() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        await app.stop()
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        for _ in 0..<2 {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try client.receive(until: "listening?\n")
            #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("x-pillion-error: UF; "))
        }
    }

    @Test(
        "What the application does wrong has its status and flag",
        arguments: [
            (ScriptedUpstream.Reply.close, 503, "UC"),
            (.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok"), 502, "UPE"),
            (.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"), 502, "UPE"),
            (.send("SSH-2.0-x\r\n"), 502, "UPE"),
            (.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), 502, "UPE"),
            (.sendAndClose("HTTP/1.1 200 OK\r\nContent-Le"), 503, "UC"),
        ]
    )
    func upstreamFaults(_ reply: ScriptedUpstream.Reply, _ status: Int, _ flag: String) async throws {
        let app = try await ScriptedUpstream { _ in reply }
        let proxy = try await ProxyHarness([app.port])
        let answer = try proxy.get("/")
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("x-pillion-error: \(flag); "))
    }

    @Test(
        "A response that breaks off ends short of its length or its last chunk",
        arguments: [
            ("Content-Length: 100\r\n\r\nabc", "1.1", "abc"), ("Content-Length: 100\r\n\r\nabc", "1.0", "abc"),
            ("Transfer-Encoding: chunked\r\n\r\n5\r\nab", "1.1", "2\r\nab\r\n"),
        ]
    )
    func partial(_ text: String, _ version: String, _ end: String) async throws {
        let app = try await ScriptedUpstream { _ in .sendAndClose("HTTP/1.1 200 OK\r\n" + text) }
        let proxy = try await ProxyHarness([app.port])
        #expect(try proxy.exchange("GET / HTTP/\(version)\r\nHost: a\r\n\r\n").hasSuffix("\r\n\r\n" + end))
    }

    @Test("A response that breaks off and whose end the client cannot tell ends with a reset")
    func partialWithoutLength() async throws {
        let app = try await ScriptedUpstream { _ in
            .sendAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
        }
        let proxy = try await ProxyHarness([app.port])
        #expect(throws: ClientError.self) { try proxy.exchange("GET / HTTP/1.0\r\nHost: a\r\n\r\n") }
    }

    @Test("A kept connection that the application closed costs a GET nothing and a POST a 503")
    func closeRace() async throws {
        let app = try await ScriptedUpstream { $0.isFirst ? .send(Self.ok) : .close }
        let proxy = try await ProxyHarness([app.port])
        _ = try proxy.get("/")
        #expect(try proxy.get("/").hasPrefix("HTTP/1.1 200 "))
        let post = try proxy.exchange("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
        #expect(post.hasPrefix("HTTP/1.1 503 ") && post.contains("UC; "))
    }

    @Test("Attempts are counted for the application and told to the client where the file says so")
    func attempts() async throws {
        let app = try await ScriptedUpstream { $0.connection == 1 ? .close : .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port]) { manager in
            let policy = RetryPolicy([.reset])
            manager.routes.virtualHosts[0].retryPolicy = policy
            manager.routes.virtualHosts[0].includesRequestAttemptCount = true
            manager.routes.virtualHosts[0].includesAttemptCountInResponse = true
        }
        #expect(try proxy.get("/").contains("x-envoy-attempt-count: 2\r\n"))
        let told = app.requests.map { $0.text.contains("x-envoy-attempt-count: \($0.connection)\r\n\r\n") }
        #expect(told == [true, true])
    }

    @Test("A dead endpoint is passed over for a living one")
    func failover() async throws {
        let dead = try await ScriptedUpstream { _ in .close }
        await dead.stop()
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        for balancing in [LoadBalancing.roundRobin, .firstReachable, .random, .leastRequest] {
            let proxy = try await ProxyHarness([dead.port, app.port], balancing: balancing)
            for _ in 0..<4 { #expect(try proxy.get("/").hasPrefix("HTTP/1.1 200 ")) }
        }
    }

    @Test("A route's timeout gives 504 UT")
    func routeTimeout() async throws {
        let app = try await ScriptedUpstream { _ in .silence }
        let proxy = try await ProxyHarness([app.port]) { manager in
            let action = ForwardAction(cluster: "app", timeout: .milliseconds(100))
            manager.routes.virtualHosts[0].routes = [Route(match: .prefix("/"), action: .forward(action))]
        }
        #expect(try proxy.get("/").contains("x-pillion-error: UT; "))
    }

    @Test("A head that does not end gives 408")
    func slowHead() async throws {
        let proxy = try await ProxyHarness([]) { $0.requestHeadersTimeout = .milliseconds(100) }
        #expect(try proxy.exchange("GET / HTTP/1.1\r\nHo").hasPrefix("HTTP/1.1 408 "))
    }

    @Test("A client that leaves takes its request along")
    func clientGone() async throws {
        let app = try await ScriptedUpstream { _ in .silence }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await ProxyHarness.eventually { app.requests.count == 1 })
        client.reset()
        #expect(try await ProxyHarness.eventually { app.closed == 1 })
    }

    @Test("A client that does not read stops the application, not the proxy's memory")
    func backPressure() async throws {
        let app = try await ScriptedUpstream { _ in .flood }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        var last = -1
        var still = 0
        #expect(
            try await ProxyHarness.eventually {
                still = app.flooded == last && last > 0 ? still + 1 : 0
                last = app.flooded
                return still >= 10
            }
        )
        // What the kernel's buffers of two connections hold, and the watermarks.
        #expect(app.flooded < 48 << 20)
    }

    @Test("No route gives 404 NR, a direct response its text, a rewrite another path")
    func routes() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port]) { manager in
            manager.routes.virtualHosts[0].routes = [
                Route(match: .path("/hello"), action: .respond(status: 200, body: "hi")),
                Route(
                    match: .prefix("/old/"),
                    action: .forward(ForwardAction(cluster: "app", prefixRewrite: "/new/"))
                ),
            ]
        }
        #expect(try proxy.get("/hello?x").hasSuffix("\r\n\r\nhi"))
        #expect(try proxy.get("/other").contains("x-pillion-error: NR; "))
        _ = try proxy.get("/old/a?b")
        #expect(app.requests.first?.path == "/new/a?b")
    }
}
