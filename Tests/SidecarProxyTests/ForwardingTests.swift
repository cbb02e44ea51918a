import Foundation
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Forwarding", .serialized)
struct ForwardingTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test("Headers keep their order and letter case, and those of the hop go no further")
    func headers() async throws {
        let app = try await ScriptedUpstream { _ in
            .send("HTTP/1.1 200 Fine\r\nX-ODD: 1\r\ncontent-LENGTH: 2\r\nKeep-Alive: x\r\n\r\nok")
        }
        let proxy = try await ProxyHarness([app.port])
        let answer = try proxy.get("/p?q", "X-b: 1\r\nx-A: 2\r\nTE: trailers\r\nX-Hop: 3\r\nConnection: x-hop\r\n")
        #expect(
            answer.hasPrefix("HTTP/1.1 200 Fine\r\nX-ODD: 1\r\ncontent-LENGTH: 2\r\nx-envoy-upstream-service-time: ")
        )
        #expect(answer.hasSuffix("connection: close\r\n\r\nok"))
        let seen = try #require(app.requests.first?.text)
        #expect(
            seen.hasPrefix(
                "GET /p?q HTTP/1.1\r\nHost: test\r\nX-b: 1\r\nx-A: 2\r\nx-forwarded-proto: http\r\nx-request-id: "
            )
        )
        #expect(!seen.lowercased().contains("hop") && !seen.lowercased().contains("connection"))
    }

    @Test("Two requests of one client use one connection to the application")
    func keepAlive() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        for _ in 0..<3 {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.receive(until: "ok").hasPrefix("HTTP/1.1 200"))
        }
        #expect(app.connections == 1)
        #expect(app.requests.count == 3)
    }

    @Test("Pipelined requests are answered in order")
    func pipelining() async throws {
        let app = try await ScriptedUpstream { .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\($0.path)") }
        let proxy = try await ProxyHarness([app.port])
        let one = (1...5).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        let answer = try proxy.exchange(one + "GET /6 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let bodies = answer.split(separator: "\r\n").filter { $0.hasPrefix("/") }.map { $0.prefix(2) }
        #expect(bodies == ["/1", "/2", "/3", "/4", "/5", "/6"])
    }

    @Test("Answers of every size keep their order, also where large ones are sent at once")
    func pipeliningSizes() async throws {
        let sizes = [1, 200_000, 2, 16_383, 16_384, 3, 65_536, 4_096, 4_097]
        let app = try await ScriptedUpstream { request in
            let size = Int(request.path.dropFirst()) ?? 0
            return .send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n" + String(repeating: "x", count: size))
        }
        let proxy = try await ProxyHarness([app.port])
        let requests = sizes.map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        let answer = try proxy.exchange(requests + "GET /5 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let bodies = answer.components(separatedBy: "HTTP/1.1 200 OK\r\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\r\n\r\n").last }
        #expect(bodies.map(\.utf8.count) == sizes + [5])
        #expect(bodies.allSatisfy { $0.allSatisfy { $0 == "x" } })
    }

    @Test("Thousands of pipelined requests that are answered here do not nest")
    func pipelinedReplies() async throws {
        let proxy = try await ProxyHarness([]) { $0.routes.virtualHosts = [] }
        let many = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 3000)
        let client = try RawClient(port: proxy.port)
        client.send(many + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = try client.receive()
        #expect(answer.split(separator: "HTTP/1.1 404").count == 3001)
    }

    @Test("A body in chunks goes through with its trailers")
    func chunks() async throws {
        let app = try await ScriptedUpstream { _ in
            .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n")
        }
        let proxy = try await ProxyHarness([app.port])
        let answer = try proxy.exchange(
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: 2\r\n\r\n"
        )
        #expect(
            answer.hasSuffix("transfer-encoding: chunked\r\nconnection: close\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n")
        )
        #expect(
            app.requests.first?.text.hasSuffix("transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: 2\r\n\r\n")
                == true
        )
    }

    @Test("A body that ends with the connection is chunked for HTTP/1.1 and not for HTTP/1.0")
    func untilClose() async throws {
        let app = try await ScriptedUpstream { _ in .sendAndClose("HTTP/1.0 200 OK\r\n\r\nabc") }
        let proxy = try await ProxyHarness([app.port])
        #expect(try proxy.get("/").hasSuffix("\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
        let old = try proxy.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(old.hasSuffix("connection: close\r\n\r\nabc"))
        #expect(app.requests.last?.text.contains("host: app\r\n") == true)
    }

    @Test(
        "No body follows HEAD, 204 and 304",
        arguments: [
            ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
            ("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"),
            ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
        ]
    )
    func bodiless(_ method: String, _ head: String) async throws {
        let app = try await ScriptedUpstream { _ in .send(head) }
        let proxy = try await ProxyHarness([app.port])
        let answer = try proxy.exchange("\(method) / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(answer.hasSuffix("\r\n\r\n"))
        #expect(answer.components(separatedBy: "\r\n\r\n").count == 2)
    }

    @Test("A response without a date gets one, any other keeps its own", arguments: ["", "Date: yesterday\r\n"])
    func date(_ line: String) async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\n\(line)Content-Length: 2\r\n\r\nok") }
        let proxy = try await ProxyHarness([app.port])
        let answer = try proxy.get("/").lowercased()
        #expect(answer.components(separatedBy: "\r\ndate: ").count == 2)
        #expect(answer.contains("\r\ndate: yesterday\r\n") == !line.isEmpty)
    }

    @Test("Early hints pass and 100 Continue is given here")
    func interim() async throws {
        let app = try await ScriptedUpstream { _ in
            .send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Self.ok)
        }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
        )
        #expect(try client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("hi")
        let answer = try client.receive()
        #expect(answer.hasPrefix("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"))
        #expect(app.requests.first?.text.contains("Expect") == false)
    }

    @Test("An absolute target replaces Host and becomes a path")
    func absolute() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port])
        _ = try proxy.exchange("GET http://b.example/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let seen = try #require(app.requests.first?.text)
        #expect(seen.hasPrefix("GET /x HTTP/1.1\r\nhost: b.example\r\n"))
    }

    @Test("A WebSocket becomes a tunnel, h2c does not")
    func upgrade() async throws {
        let app = try await ScriptedUpstream { request in
            request.text.lowercased().contains("upgrade: websocket")
                ? .send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                : .send(Self.ok)
        }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        #expect(try client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 101 "))
        client.send("ping")
        #expect(try client.receive(until: "ping") == "ping")
        let plain = try proxy.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n"
        )
        #expect(plain.hasPrefix("HTTP/1.1 200"))
        #expect(app.requests.last?.text.lowercased().contains("http2-settings") == false)
    }

    @Test("x-forwarded-for grows only where the peer's address is used")
    func forwardedFor() async throws {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port]) { $0.useRemoteAddress = true }
        _ = try proxy.get("/", "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n")
        let seen = try #require(app.requests.first?.text)
        #expect(seen.contains("x-forwarded-for: 192.0.2.1, 127.0.0.1\r\nx-forwarded-proto: http\r\n"))
    }
}
