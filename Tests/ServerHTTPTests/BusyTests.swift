import ChannelFixtures
import NIOCore
import NIOEmbedded
import NIOHTTP1
import ServerHTTP
import Testing

@Suite("A responder that is busy")
struct BusyTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    /// A responder whose first reply is 429, and when its caller may ask again.
    private func busy(_ loop: EmbeddedEventLoop) -> (TestResponder, EventLoopPromise<Void>) {
        let promise = loop.makePromise(of: Void.self)
        let responder = TestResponder(answer: { request, _ in
            guard request.path == "/first" else { return .now(.text(.ok, "waited: \(request.hasWaited)")) }
            return .busy(.text(.tooManyRequests, "busy"), until: promise.futureResult)
        })
        return (responder, promise)
    }

    @Test("reads nothing after it has refused until it says so, and is told who has waited")
    func held() throws {
        let loop = EmbeddedEventLoop()
        let (responder, promise) = busy(loop)
        let connection = try TestConnection(responder, loop: loop)
        let before = connection.reads.count
        #expect(try connection.exchange("GET /first HTTP/1.1\r\nHost: a\r\n\r\n").hasPrefix("HTTP/1.1 429 "))
        connection.channel.read()
        #expect(connection.reads.count == before)

        promise.succeed()
        loop.run()
        #expect(connection.reads.count == before + 1)
        #expect(try connection.exchange(Self.get).hasSuffix("waited: true\n"))
        #expect(try connection.exchange(Self.get).hasSuffix("waited: false\n"))
    }

    @Test("leaves what had been sent behind the refused request for later")
    func pipelined() throws {
        let loop = EmbeddedEventLoop()
        let (responder, promise) = busy(loop)
        let connection = try TestConnection(responder, loop: loop)
        let answers = try connection.exchange("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        #expect(answers.hasSuffix("busy\n"))
        promise.succeed()
        loop.run()
        #expect(try connection.received().hasSuffix("waited: true\n"))
    }

    @Test("may be told to go on after the connection has ended")
    func gone() throws {
        let loop = EmbeddedEventLoop()
        let (responder, promise) = busy(loop)
        let connection = try TestConnection(responder, loop: loop)
        _ = try connection.exchange("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.channel.close(promise: nil)
        promise.succeed()
        #expect(connection.isClosed)
        #expect(responder.requests.count == 1)
    }
}
