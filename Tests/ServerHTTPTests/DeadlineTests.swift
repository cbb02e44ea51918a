import NIOCore
import NIOHTTP1
import NIOEmbedded
import Testing

@testable import ServerHTTP

@Suite("Deadlines of an HTTP connection")
struct DeadlineTests {
    static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("an idle connection is kept 180 seconds and closed without a word")
    func idle() throws {
        let connection = try TestConnection()
        connection.advance(by: .seconds(179))
        #expect(!connection.isClosed)
        connection.advance(by: .seconds(1))
        #expect(connection.isClosed)
        #expect(try connection.received() == "")
    }

    @Test("every reply starts the idle time anew")
    func idleAfterReply() throws {
        let connection = try TestConnection()
        for _ in 0..<5 {
            connection.advance(by: .seconds(100))
            #expect(try connection.exchange(Self.get).hasPrefix("HTTP/1.1 200 OK"))
        }
        connection.advance(by: .seconds(179))
        #expect(!connection.isClosed)
        connection.advance(by: .seconds(1))
        #expect(connection.isClosed)
    }

    @Test("a head must arrive within 5 seconds of its first byte, however steadily it comes")
    func slowHead() throws {
        let connection = try TestConnection()
        connection.advance(by: .seconds(100))
        for byte in ["G", "E", "T", " "] {
            try connection.send(byte)
            connection.advance(by: .seconds(1))
        }
        #expect(!connection.isClosed)
        try connection.send("/")
        connection.advance(by: .seconds(1))
        #expect(try connection.received().hasPrefix("HTTP/1.1 408 "))
        #expect(connection.isClosed)
        #expect(connection.counters.refusals(.headTimeout) == 1)
    }

    @Test("a second head has its own 5 seconds")
    func slowSecondHead() throws {
        let connection = try TestConnection()
        _ = try connection.exchange(Self.get)
        connection.advance(by: .seconds(60))
        try connection.send("GET / HT")
        connection.advance(by: .milliseconds(4900))
        #expect(!connection.isClosed)
        connection.advance(by: .milliseconds(100))
        #expect(connection.isClosed)
    }

    @Test("a body must arrive within 10 seconds, however steadily it comes")
    func slowBody() throws {
        let connection = try TestConnection()
        try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        for _ in 0..<9 {
            connection.advance(by: .seconds(1))
            try connection.send("x")
        }
        #expect(!connection.isClosed)
        connection.advance(by: .seconds(1))
        #expect(try connection.received().hasPrefix("HTTP/1.1 408 "))
        #expect(connection.isClosed)
        #expect(connection.budget.inFlight == 0)
    }

    @Test("a responder that does not answer in 30 seconds is answered for with 503")
    func slowResponder() throws {
        let responder = TestResponder { _, loop in .later(loop.makePromise(of: HTTPResponse.self).futureResult) }
        let connection = try TestConnection(responder)
        try connection.send(Self.get)
        connection.advance(by: .seconds(29))
        #expect(!connection.isClosed)
        connection.advance(by: .seconds(1))
        #expect(try connection.received().hasPrefix("HTTP/1.1 503 "))
        #expect(connection.isClosed)
    }

    @Test("an answer after its deadline is dropped")
    func answerAfterDeadline() throws {
        let later = PipeliningTests.Later()
        let connection = try TestConnection(later.responder)
        try connection.send(Self.get)
        connection.advance(by: .seconds(30))
        _ = try connection.received()
        later.promises[0].succeed(.text(.ok, "late"))
        #expect(try connection.received() == "")
    }

    @Test("a peer that takes no bytes for 10 seconds is cut off")
    func writeStall() throws {
        let connection = try TestConnection()
        connection.channel.isWritable = true
        let stall = StallingPeer()
        try connection.channel.pipeline.syncOperations.addHandler(stall, position: .first)
        try connection.send(Self.get)
        #expect(!connection.channel.isWritable)
        connection.advance(by: .seconds(9))
        #expect(!connection.isClosed)
        connection.advance(by: .seconds(1))
        #expect(connection.isClosed)
    }

    @Test("a peer that takes bytes again has the idle time before it")
    func stallEnds() throws {
        let connection = try TestConnection()
        let stall = StallingPeer()
        try connection.channel.pipeline.syncOperations.addHandler(stall, position: .first)
        try connection.send(Self.get)
        connection.advance(by: .seconds(9))
        connection.channel.isWritable = true
        connection.channel.pipeline.fireChannelWritabilityChanged()
        connection.advance(by: .seconds(179))
        #expect(!connection.isClosed)
        connection.advance(by: .seconds(1))
        #expect(connection.isClosed)
    }
}

/// Makes the channel unwritable with the first write, as a full socket does.
final class StallingPeer: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        (context.channel as? EmbeddedChannel)?.isWritable = false
        context.write(data, promise: promise)
    }
}
