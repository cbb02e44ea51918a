import NIOCore
import NIOEmbedded
import NIOHTTP1
import ServerCore
import Testing

@testable import ServerHTTP

@Suite("HTTP connections of a server that leaves")
struct HTTPDrainTests {
    static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("the start of the drain leaves an idle connection alone, and the next reply asks the client to go")
    func started() throws {
        let connection = try TestConnection()
        _ = try connection.exchange(Self.get)
        connection.state.advance(to: .draining)
        connection.channel.pipeline.fireUserInboundEventTriggered(DrainEvent.started)
        #expect(!connection.isClosed)
        let reply = try connection.exchange(Self.get)
        #expect(reply.hasPrefix("HTTP/1.1 200 OK"))
        #expect(reply.contains("connection: close\r\n"))
        #expect(connection.isClosed)
    }

    @Test("a connection accepted while draining is served once")
    func acceptedWhileDraining() throws {
        let connection = try TestConnection(phase: .draining)
        #expect(try connection.exchange(Self.get).contains("connection: close\r\n"))
        #expect(connection.isClosed)
    }

    @Test("the last call closes an idle connection")
    func lastCallIdle() throws {
        let connection = try TestConnection()
        connection.state.advance(to: .refusing)
        connection.channel.pipeline.fireUserInboundEventTriggered(DrainEvent.lastCall)
        #expect(connection.isClosed)
    }

    @Test("the last call lets a request finish that is under way")
    func lastCallBusy() throws {
        let later = PipeliningTests.Later()
        let connection = try TestConnection(later.responder)
        try connection.send(Self.get)
        connection.state.advance(to: .refusing)
        connection.channel.pipeline.fireUserInboundEventTriggered(DrainEvent.lastCall)
        #expect(!connection.isClosed)
        later.promises[0].succeed(.text(.ok, "done"))
        #expect(try connection.received().hasSuffix("done\n"))
        #expect(connection.isClosed)
    }

    @Test("work that comes after the last call is turned away to another replica")
    func refusing() throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder, phase: .refusing)
        let reply = try connection.exchange(Self.get)
        #expect(reply.hasPrefix("HTTP/1.1 503 "))
        #expect(reply.contains("retry-after: 0\r\n"))
        #expect(reply.contains("connection: close\r\n"))
        #expect(responder.requests.isEmpty)
        #expect(connection.isClosed)
    }
}
