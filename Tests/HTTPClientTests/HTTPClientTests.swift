import CertificateFixtures
import HTTPClient
import NIOCore
import NIOPosix
import OpenSSL
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    private func client(
        _ server: ScriptedServer,
        host: String = "127.0.0.1",
        serverName: String? = nil,
        trusting authority: TestAuthority? = nil,
        limits: HTTPClientLimits = HTTPClientLimits()
    ) throws -> HTTPClient {
        try HTTPClient(
            endpoint: HTTPEndpoint(host: host, port: server.port, serverName: serverName),
            tls: (authority ?? self.authority).clientConfiguration(),
            group: MultiThreadedEventLoopGroup.singleton,
            limits: limits
        )
    }

    private func server(_ steps: ScriptedServer.Step...) async throws -> ScriptedServer {
        try await ScriptedServer(tls: authority.serverConfiguration(), steps)
    }

    private func code(_ body: () async throws -> HTTPClientResponse) async -> HTTPClientError.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? HTTPClientError)?.code
        }
    }

    @Test("A server is verified by its address or by the name expected of it", arguments: [nil, "localhost"])
    func verifies(serverName: String?) async throws {
        let server = try await server(.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nhi"))
        let response = try await client(server, serverName: serverName).send(HTTPClientRequest("GET", "/"))
        #expect(response.status == 200)
        #expect(response["x-a"] == "b")
        #expect(response.body == Array("hi".utf8))
    }

    @Test("A host name is looked up")
    func looksUp() async throws {
        let server = try await server(.send("HTTP/1.1 204 No Content\r\n\r\n"))
        #expect(try await client(server, host: "localhost").send(HTTPClientRequest("GET", "/")).status == 204)
    }

    @Test("The request goes out as it must: one Host, the token, the length, and no second request")
    func sends() async throws {
        let server = try await server(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        var request = HTTPClientRequest(
            "PUT",
            "/a?b=c%20d",
            fields: [.init("Accept", "text/plain")],
            body: Array("{}".utf8)
        )
        request.authorize(bearer: "secret")
        _ = try await client(server).send(request)
        let head = "PUT /a?b=c%20d HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAccept: text/plain\r\n"
        #expect(
            server.received == [
                head + "Authorization: Bearer secret\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
            ]
        )
    }

    @Test("Plain HTTP works without a certificate")
    func plain() async throws {
        let server = try await ScriptedServer(tls: nil, [.send("HTTP/1.0 200 OK\r\n\r\nall of it"), .close])
        let client = try HTTPClient(
            endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port),
            tls: nil,
            group: MultiThreadedEventLoopGroup.singleton
        )
        let response = try await client.send(HTTPClientRequest("GET", "/"))
        #expect(String(decoding: response.body, as: UTF8.self) == "all of it")
    }

    @Test("Nothing is sent to a server with another authority or another name")
    func refusesStrangers() async throws {
        let server = try await server(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        let other = try TestAuthority("other")
        let request = HTTPClientRequest("GET", "/")
        #expect(await code { try await client(server, trusting: other).send(request) } == .handshakeFailed)
        #expect(await code { try await client(server, serverName: "example.org").send(request) } == .handshakeFailed)
        #expect(server.received.isEmpty)
    }

    @Test("A port where nobody listens is unreachable, and the error says which")
    func unreachable() async throws {
        let server = try await server()
        let port = server.port
        let gone = try client(server)
        try await server.stop()
        await #expect(throws: HTTPClientError(.unreachable, "", at: "127.0.0.1:\(port)")) {
            try await gone.send(HTTPClientRequest("GET", "/"))
        }
    }

    @Test("A server that never shakes hands is given up")
    func handshakeDeadline() async throws {
        let server = try await ScriptedServer(tls: nil, isSilent: true)
        let limits = HTTPClientLimits(handshakeTimeout: .milliseconds(50))
        #expect(
            await code { try await client(server, limits: limits).send(HTTPClientRequest("GET", "/")) }
                == .handshakeFailed
        )
    }

    @Test("A server that never answers is given up", arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"])
    func responseDeadline(sent: String) async throws {
        let server = try await server(.send(sent))
        let limits = HTTPClientLimits(responseTimeout: .milliseconds(200))
        #expect(
            await code { try await client(server, limits: limits).send(HTTPClientRequest("GET", "/")) } == .timedOut
        )
    }

    @Test(
        "A response that breaks off or makes no sense is an error",
        arguments: [
            ([.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), .close], .interrupted),
            ([.send("HTTP/1.1 200 OK\r\n\r\nx"), .abort], .interrupted),
            ([.close], .interrupted),
            ([.abort], .interrupted),
            ([.send("SSH-2.0-x\r\n\r\n")], .malformedResponse),
            ([.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")], .malformedResponse),
            ([.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")], .malformedResponse),
            (
                [.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + String(repeating: "x", count: 17))],
                .responseTooLarge
            ),
            ([.send(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 20))], .malformedResponse),
        ] as [([ScriptedServer.Step], HTTPClientError.Code)]
    )
    func broken(steps: [ScriptedServer.Step], expected: HTTPClientError.Code) async throws {
        let server = try await ScriptedServer(tls: authority.serverConfiguration(), steps)
        let limits = HTTPClientLimits(responseTimeout: .seconds(10), bodyBytes: 16)
        #expect(await code { try await client(server, limits: limits).send(HTTPClientRequest("GET", "/")) } == expected)
    }

    @Test("A body that ends with the connection is whole when the session ended properly")
    func endsWithSession() async throws {
        let server = try await server(
            .send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nab"),
            .send("c"),
            .close
        )
        #expect(try await client(server).send(HTTPClientRequest("GET", "/")).body == Array("abc".utf8))
    }

    @Test("A cancelled task stops waiting")
    func cancels() async throws {
        let server = try await ScriptedServer(tls: nil, isSilent: true)
        let client = try client(server)
        let task = Task { try await client.send(HTTPClientRequest("GET", "/")) }
        task.cancel()
        #expect(await code { try await task.value } == .cancelled)
    }

    @Test(
        "What could be read as two requests is not sent",
        arguments: [
            HTTPClientRequest("GET", "no-slash"), HTTPClientRequest("GET", "/a b"), HTTPClientRequest("GET", "/a\r\nb"),
            HTTPClientRequest("G T", "/"), HTTPClientRequest("", "/"),
            HTTPClientRequest("GET", "/", fields: [.init("X", "a\r\nY: b")]),
            HTTPClientRequest("GET", "/", fields: [.init("X Y", "a")]),
            HTTPClientRequest("GET", "/", fields: [.init("host", "a")]),
            HTTPClientRequest("GET", "/", fields: [.init("Content-Length", "1")]),
            HTTPClientRequest("GET", "/", fields: [.init("Transfer-Encoding", "chunked")]),
        ]
    )
    func refusesRequests(request: HTTPClientRequest) async throws {
        let server = try await server()
        #expect(await code { try await client(server).send(request) } == .invalidRequest)
    }
}
