import NIOCore
import NIOEmbedded
import NIOHTTP1
import ServerCore
import Testing

@testable import ServerHTTP

@Suite("HTTP connection")
struct HTTPConnectionTests {
    static let get = "GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("a reply has the status, a date, the length and the body, and the connection stays")
    func replies() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange(Self.get)
        #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\ndate: "))
        #expect(reply.contains("\r\ncontent-length: 9\r\n\r\n"))
        #expect(reply.hasSuffix("GET /a 0\n"))
        #expect(!reply.contains("connection:"))
        #expect(!connection.isClosed)
        #expect(try connection.exchange(Self.get).hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test("the request carries method, path, query, fields and body")
    func request() throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder)
        try connection.send("POST /p/q?x=1?y HTTP/1.1\r\nHost: a\r\nX-A: b\r\nContent-Length: 4\r\n\r\nbody")
        let request = try #require(responder.requests.first)
        #expect(request.method == .POST)
        #expect(request.path == "/p/q")
        #expect(request.query == "x=1?y")
        #expect(request.headers.first(name: "x-a") == "b")
        #expect(String(buffer: request.body) == "body")
    }

    @Test("a body in pieces arrives whole", arguments: [1, 7, 1000])
    func bodyInPieces(size: Int) throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder)
        let body = String((0..<3000).map { _ in "abcdefghij".randomElement() ?? "x" })
        try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n")
        for start in stride(from: 0, to: 3000, by: size) {
            try connection.send(String(body.dropFirst(start).prefix(size)))
        }
        let received = try #require(responder.requests.first?.body)
        #expect(String(buffer: received) == body)
        #expect(connection.budget.inFlight == 0)
    }

    @Test("a chunked body arrives whole, without its trailers")
    func chunkedBody() throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder)
        try connection.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        try connection.send("2;x=y\r\nde\r\n0\r\nX-Trailer: z\r\n\r\n")
        let request = try #require(responder.requests.first)
        #expect(String(buffer: request.body) == "abcde")
        #expect(request.headers.first(name: "x-trailer") == nil)
        #expect(try connection.received().hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test("a chunked body over the limit is answered with 413")
    func chunkedBodyTooLarge() throws {
        var limits = HTTPServerLimits()
        limits.bodyBytes = 4
        let connection = try TestConnection(limits: limits)
        let reply = try connection.exchange(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
        )
        #expect(reply.hasPrefix("HTTP/1.1 413 "))
        #expect(connection.counters.refusals(.bodyTooLarge) == 1)
        #expect(connection.budget.inFlight == 0)
    }

    @Test("413 comes before the body is read, and input is dropped for a while before the close")
    func lingers() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 33554433\r\n\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 413 "))
        for _ in 0..<10 {
            try connection.send(String(repeating: "x", count: 1000))
        }
        #expect(!connection.isClosed)
        #expect(connection.budget.inFlight == 0)
        connection.advance(by: .seconds(2))
        #expect(connection.isClosed)
    }

    @Test("a refused request that has arrived whole is closed at once")
    func noLingerWithoutInput() throws {
        let connection = try TestConnection()
        let path = String(repeating: "a", count: HTTPServerLimits().requestLineBytes)
        #expect(try connection.exchange("GET /\(path) HTTP/1.1\r\nHost: a\r\n\r\n").hasPrefix("HTTP/1.1 414 "))
        #expect(connection.isClosed)
    }

    @Test("HEAD is answered with the length and without the body")
    func head() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(reply.contains("content-length: 9\r\n"))
        #expect(reply.hasSuffix("\r\n\r\n"))
    }

    @Test("an error in answer to HEAD has no body either")
    func headRefused() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange("HEAD / HTTP/1.1\r\n\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 400 "))
        #expect(reply.hasSuffix("\r\n\r\n"))
    }

    @Test("204 has neither body nor length")
    func noContent() throws {
        let responder = TestResponder { _, _ in .now(HTTPResponse(status: .noContent)) }
        let reply = try TestConnection(responder).exchange(Self.get)
        #expect(reply.hasPrefix("HTTP/1.1 204 No Content\r\n"))
        #expect(!reply.contains("content-length"))
    }

    @Test("Connection: close is honoured")
    func close() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(reply.contains("connection: close\r\n"))
        #expect(connection.isClosed)
    }

    @Test("HTTP/1.0 closes unless keep-alive was asked for")
    func http10() throws {
        let closing = try TestConnection()
        #expect(try closing.exchange("GET / HTTP/1.0\r\n\r\n").contains("connection: close\r\n"))
        #expect(closing.isClosed)
        let staying = try TestConnection()
        let reply = try staying.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(reply.contains("connection: keep-alive\r\n"))
        #expect(!staying.isClosed)
    }

    @Test("a request for another protocol is served as HTTP/1.1, and is the last one")
    func upgrade() throws {
        let connection = try TestConnection()
        let upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
        let reply = try connection.exchange("GET / HTTP/1.1\r\nHost: a\r\n\(upgrade)\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 200 OK"))
        #expect(reply.contains("connection: close\r\n"))
        #expect(connection.isClosed)
    }

    @Test("100 Continue is sent before the body, once")
    func expectContinue() throws {
        let connection = try TestConnection()
        let interim = try connection.exchange(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
        )
        #expect(interim == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(try connection.exchange("ab").hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test("a refused expectation gets the final status alone")
    func expectContinueRefused() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 33554433\r\n\r\n"
        )
        #expect(reply.hasPrefix("HTTP/1.1 413 "))
    }

    @Test("an early reply to a request with a body ends the connection, and the responder never sees the body")
    func earlyReply() throws {
        let responder = TestResponder(early: { $0.path == "/" ? nil : .text(.notFound, "no such path") })
        let connection = try TestConnection(responder)
        let reply = try connection.exchange("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 30000000\r\n\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 404 "))
        #expect(reply.contains("connection: close\r\n"))
        #expect(responder.requests.isEmpty)
    }

    @Test("an early reply to a request without a body keeps the connection")
    func earlyReplyWithoutBody() throws {
        let responder = TestResponder(early: { $0.path == "/" ? nil : .text(.notFound, "no such path") })
        let connection = try TestConnection(responder)
        let reply = try connection.exchange("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 404 "))
        #expect(!reply.contains("connection: close\r\n"))
        #expect(try connection.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test("a status that must not leave the server becomes 500", arguments: [100, 101, 301, 302, 307, 308, 600, 0])
    func forbiddenStatus(code: Int) throws {
        let responder = TestResponder { _, _ in
            .now(HTTPResponse(status: .init(statusCode: code), headers: [.init("location", "http://b/")]))
        }
        let reply = try TestConnection(responder).exchange(Self.get)
        #expect(reply.hasPrefix("HTTP/1.1 500 "))
        #expect(!reply.contains("location"))
    }

    @Test("a field that would split the reply is left out")
    func responseSplitting() throws {
        let responder = TestResponder { _, _ in
            let headers: [HTTPResponse.Header] = [
                .init("x-a", "b\r\nset-cookie: c"), .init("x b", "c"), .init("content-length", "7"), .init("x-ok", "1"),
            ]
            return .now(HTTPResponse(status: .ok, headers: headers, body: ByteBuffer(string: "ab")))
        }
        let reply = try TestConnection(responder).exchange(Self.get)
        #expect(!reply.contains("cookie"))
        #expect(!reply.contains("x b"))
        #expect(reply.contains("content-length: 2\r\n"))
        #expect(reply.contains("x-ok: 1\r\n"))
    }

    @Test("a body too long to be copied follows its head")
    func longBody() throws {
        let body = String(repeating: "z", count: ResponseEncoder.copiedBodyBytes + 1)
        let responder = TestResponder { _, _ in .now(.text(.ok, body)) }
        #expect(try TestConnection(responder).exchange(Self.get).hasSuffix("\r\n\r\n\(body)\n"))
    }

    @Test("a connection that ends in the middle of a body gives its bytes back")
    func endInBody() throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder)
        try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        #expect(connection.budget.inFlight == 3)
        try connection.channel.close().wait()
        #expect(connection.isClosed)
        #expect(connection.budget.inFlight == 0)
        #expect(responder.requests.isEmpty)
    }

    @Test("bodies over the budget are answered with 429 and Retry-After")
    func overBudget() throws {
        let budget = ByteBudget(limit: 5)
        let first = try TestConnection(budget: budget)
        try first.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabc")
        let second = try TestConnection(budget: budget)
        let reply = try second.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd")
        #expect(reply.hasPrefix("HTTP/1.1 429 "))
        #expect(reply.contains("retry-after: 1\r\n"))
        #expect(try first.exchange("d").hasPrefix("HTTP/1.1 200 OK"))
        #expect(budget.inFlight == 0)
    }
}
