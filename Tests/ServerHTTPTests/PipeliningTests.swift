import ChannelFixtures
import NIOCore
import NIOHTTP1
import NIOEmbedded
import ServerCore
import Testing

@testable import ServerHTTP

@Suite("Pipelined requests and back-pressure")
struct PipeliningTests {
    /// Answers each request when the test says so.
    final class Later: @unchecked Sendable {
        // Safety: used on the embedded event loop alone, which is the thread of the test.
        var promises: [EventLoopPromise<HTTPResponse>] = []

        var responder: TestResponder {
            TestResponder { request, loop in
                let promise = loop.makePromise(of: HTTPResponse.self)
                self.promises.append(promise)
                return .later(promise.futureResult)
            }
        }
    }

    static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }

    @Test("requests that arrive together are answered in order")
    func inOrder() throws {
        let connection = try TestConnection()
        let reply = try connection.exchange((0..<100).map { Self.get("/\($0)") }.joined())
        let paths = reply.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("GET ") }.map(String.init)
        #expect(paths == (0..<100).map { "GET /\($0) 0" })
    }

    @Test("a request split at any byte is one request")
    func splitAnywhere() throws {
        let bytes = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        for cut in 1..<bytes.unicodeScalars.count {
            let connection = try TestConnection()
            try connection.send(String(bytes.unicodeScalars.prefix(cut)))
            #expect(try connection.received() == "")
            #expect(try connection.exchange(String(bytes.unicodeScalars.dropFirst(cut))).hasSuffix("POST /x 3\n"))
        }
    }

    @Test("one empty line behind a body is passed over and a second one refused, wherever they are cut")
    func emptyLines() throws {
        let text = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n0\r\n"
        for (lines, statuses) in [("", ["200"]), ("\r\n", ["200", "400"])] {
            let bytes = Array((text + lines).utf8)
            for size in 1...bytes.count {
                let connection = try TestConnection()
                for start in stride(from: 0, to: bytes.count, by: size) {
                    let piece = bytes[start..<min(start + size, bytes.count)]
                    try connection.send(String(decoding: piece, as: UTF8.self))
                }
                let lines = try connection.received().split(whereSeparator: \.isNewline)
                let replies = lines.filter { $0.hasPrefix("HTTP/1.1 ") }.map { String($0.dropFirst(9).prefix(3)) }
                #expect(replies == statuses, "pieces of \(size) bytes")
            }
        }
    }

    @Test("a second request waits for the answer to the first")
    func oneAtATime() throws {
        let later = Later()
        let connection = try TestConnection(later.responder)
        #expect(try connection.exchange(Self.get("/1") + Self.get("/2")) == "")
        #expect(later.promises.count == 1)
        later.promises[0].succeed(.text(.ok, "one"))
        #expect(later.promises.count == 2)
        #expect(try connection.received().hasSuffix("one\n"))
        later.promises[1].succeed(.text(.ok, "two"))
        #expect(try connection.received().hasSuffix("two\n"))
    }

    @Test("reads are held back while a request is unanswered, and go on afterwards")
    func holdsReads() throws {
        let later = Later()
        let connection = try TestConnection(later.responder)
        try connection.send(Self.get("/1"))
        let before = connection.reads.count
        connection.channel.read()
        #expect(connection.reads.count == before)
        later.promises[0].succeed(.text(.ok, "one"))
        #expect(connection.reads.count == before + 1)
    }

    @Test("reads are held back while the peer takes no bytes")
    func holdsReadsWhileUnwritable() throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder)
        connection.channel.isWritable = false
        connection.channel.pipeline.fireChannelWritabilityChanged()
        let before = connection.reads.count
        connection.channel.read()
        try connection.send(Self.get("/1"))
        #expect(connection.reads.count == before)
        #expect(responder.requests.isEmpty)
        connection.channel.isWritable = true
        connection.channel.pipeline.fireChannelWritabilityChanged()
        #expect(connection.reads.count == before + 1)
        #expect(try connection.received().hasSuffix("GET /1 0\n"))
    }

    @Test("bytes that are no request behind an unanswered one do not overtake its answer")
    func garbageBehind() throws {
        let later = Later()
        let connection = try TestConnection(later.responder)
        try connection.send(Self.get("/1") + "garbage\r\n\r\n")
        #expect(try connection.received() == "")
        later.promises[0].succeed(.text(.ok, "one"))
        let reply = try connection.received()
        #expect(reply.contains("one\nHTTP/1.1 400 "))
        #expect(connection.isClosed)
    }

    @Test("requests behind one that closes are not served")
    func closeStopsPipeline() throws {
        let responder = TestResponder()
        let connection = try TestConnection(responder)
        try connection.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + Self.get("/2"))
        #expect(responder.requests.map(\.path) == ["/1"])
        #expect(connection.isClosed)
    }

    @Test("a failed responder is answered with 500 and the connection goes on")
    func failure() throws {
        struct Failure: Error {}
        let later = Later()
        let connection = try TestConnection(later.responder)
        try connection.send(Self.get("/1"))
        later.promises[0].fail(Failure())
        #expect(try connection.received().hasPrefix("HTTP/1.1 500 "))
        #expect(!connection.isClosed)
    }

    @Test("an answer for a connection that is gone is dropped, and its bytes are given back")
    func answerTooLate() throws {
        let later = Later()
        let connection = try TestConnection(later.responder)
        try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
        try connection.channel.close().wait()
        #expect(connection.isClosed)
        #expect(connection.budget.inFlight == 3)
        later.promises[0].succeed(.text(.ok, "late"))
        #expect(connection.budget.inFlight == 0)
    }

    @Test("a client that has closed its side still gets the reply, then the connection ends")
    func halfClosed() throws {
        let later = Later()
        let connection = try TestConnection(later.responder, isTLS: false)
        try connection.send(Self.get("/1"))
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!connection.isClosed)
        later.promises[0].succeed(.text(.ok, "one"))
        #expect(try connection.received().hasSuffix("one\n"))
        #expect(connection.isClosed)
    }

    @Test("an idle connection whose client has closed its side ends")
    func halfClosedIdle() throws {
        let connection = try TestConnection(isTLS: false)
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(connection.isClosed)
    }
}
