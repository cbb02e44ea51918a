import Fixtures
import NIOCore
import Testing

@testable import HTTP2

@Suite("Two sides of a connection of HTTP/2 (RFC 9113)")
struct HTTP2SessionTests {
    private static func pair(window: Int = 65_535) -> (client: Peer, server: Peer) {
        (Peer(.client, window: window), Peer(.server))
    }

    @Test("A request and its response, however the bytes are cut", arguments: [1, 2, 7, 100, Int.max])
    func exchange(_ size: Int) throws {
        let (client, server) = Self.pair()
        let fields = [("X-Mixed", "V"), ("x-long", String(repeating: "v", count: 40_000))]
        let request = try #require(client.request(isLast: false, fields))
        client.session.send(ByteBuffer(string: "hello"), on: request.stream)
        client.session.end(request.stream)
        Peer.talk(client, server, size: size)
        let got = try #require(server.sides.first)
        #expect(got.side.heads.first?.prefix(2) == [":method: GET", "x-mixed: V"])
        #expect(got.side.body == Array("hello".utf8) && got.side.isDone)
        server.send([(":status", "200")], on: got.stream, isLast: false)
        var trailers = HeaderBlock()
        trailers.append("grpc-status", "0")
        server.session.end(got.stream, trailers: trailers)
        Peer.talk(client, server, size: size)
        #expect(request.side.heads == [[":status: 200"], ["grpc-status: 0"]] && request.side.isDone)
        #expect(client.session.streams.isEmpty && server.session.streams.isEmpty)
        #expect(client.closed == 1 && server.closed == 1 && client.code == nil && server.code == nil)
    }

    @Test("The end goes with the newest frame, if that is still there")
    func mergedEnd() throws {
        let (client, server) = Self.pair()
        let one = try #require(client.request(isLast: false))
        let before = client.session.output.readableBytes
        client.session.end(one.stream)
        #expect(client.session.output.readableBytes == before)
        let two = try #require(client.request(isLast: false))
        Peer.talk(client, server)
        client.session.end(two.stream)
        #expect(client.session.output.readableBytes == HTTP2FrameHeader.byteCount)
        Peer.talk(client, server)
        #expect(server.sides.allSatisfy { $0.side.isDone })
    }

    @Test("A body waits for the windows, and streams take turns")
    func windows() throws {
        let (client, server) = Self.pair(window: 40_000)
        server.answersEach(with: 200_000)
        let requests = (0..<3).compactMap { _ in client.request(isLast: true) }
        Peer.talk(client, server)
        #expect(requests.map(\.side.body.count) == [40_000, 40_000, 40_000])
        #expect(server.sides.allSatisfy { $0.stream.queued == 160_000 })
        while requests.contains(where: { !$0.side.isDone }) {
            for request in requests { client.session.replenish(request.stream) }
            let before = requests.map { $0.side.isDone ? 0 : $0.side.body.count }
            Peer.talk(client, server)
            #expect(zip(before, requests).allSatisfy { $0 < $1.side.body.count })
        }
        #expect(requests.allSatisfy { $0.side.body.count == 200_000 })
        #expect(server.session.streams.isEmpty && client.session.streams.isEmpty)
    }

    @Test("Nothing is kept for a stream that its client has reset while its body waited")
    func resetWhileWaiting() throws {
        let (client, server) = Self.pair(window: 10)
        server.answersEach(with: 100)
        let requests = (0..<3).compactMap { _ in client.request(isLast: true) }
        Peer.talk(client, server)
        #expect(server.session.waiting.count == 3)
        client.session.reset(requests[1].stream, .cancel)
        Peer.talk(client, server)
        #expect(server.session.waiting.count == 2 && server.session.streams.count == 2)
        #expect(server.sides[1].side.code == .cancel && server.sides[1].stream.queued == 0)
    }

    @Test("While the channel takes nothing, bodies wait")
    func blocked() throws {
        let (client, server) = Self.pair()
        let request = try #require(client.request(isLast: false))
        client.session.isWritable = false
        client.session.send(ByteBuffer(string: "hello"), on: request.stream)
        client.session.end(request.stream)
        Peer.talk(client, server)
        #expect(server.sides.first?.side.body == [] && request.stream.queued == 5)
        client.session.isWritable = true
        Peer.talk(client, server)
        #expect(server.sides.first?.side.isDone == true && request.side.shrank == 1)
    }

    @Test("An answer before the whole request is followed by a reset without an error")
    func early() throws {
        let (client, server) = Self.pair()
        let request = try #require(client.request(isLast: false))
        Peer.talk(client, server)
        let got = try #require(server.sides.first)
        server.send([(":status", "413")], on: got.stream, isLast: true)
        // What is under way meanwhile is no error.
        client.session.send(ByteBuffer(string: "more"), on: request.stream)
        Peer.talk(client, server)
        #expect(request.side.heads == [[":status: 413"]] && request.side.code == .noError)
        #expect(client.code == nil && server.code == nil)
    }

    @Test("GOAWAY ends the streams that will not be served")
    func leaving() throws {
        let (client, server) = Self.pair()
        let served = try #require(client.request(isLast: true))
        Peer.talk(client, server)
        server.session.goAway(isFinal: true)
        let late = try #require(client.request(isLast: true))
        Peer.talk(client, server)
        #expect(client.isLeft && late.side.code == .refusedStream && served.side.code == nil)
    }

    @Test("Whoever sends another length than announced has its stream reset", arguments: [2, 4])
    func length(_ announced: Int) throws {
        let (client, server) = Self.pair()
        server.onOpen = { stream, side in side.onHead = { stream.expectedBytes = announced } }
        let request = try #require(client.request(isLast: false))
        client.session.send(ByteBuffer(string: "abc"), on: request.stream)
        client.session.end(request.stream)
        Peer.talk(client, server)
        #expect(request.side.code == .protocolError && server.sides.first?.side.code == .protocolError)
    }

    @Test("The hundred-and-first stream is refused")
    func refused() {
        let (client, server) = Self.pair()
        let requests = (0...100).compactMap { _ in client.request(isLast: true) }
        Peer.talk(client, server)
        #expect(requests.count == 101 && requests.last?.side.code == .refusedStream)
        #expect(requests.dropLast().allSatisfy { $0.side.code == nil })
    }

    @Test("No bytes make a side trap, and a fault is told once", arguments: 1...60)
    func hostile(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let (client, server) = Self.pair()
        _ = client.request(isLast: false)
        var bytes = Array(client.session.takeOutput().readableBytesView)
        for _ in 0..<50 {
            let length = Int.random(in: 0..<30, using: &random)
            let stream = UInt8.random(in: 0...5, using: &random)
            bytes += [0, 0, UInt8(length), UInt8.random(in: 0...10, using: &random)]
            bytes += [UInt8.random(in: 0...255, using: &random) & 0x2D, 0, 0, 0, stream]
            bytes += (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        for start in stride(from: 0, to: bytes.count, by: 11) {
            server.session.receive(ByteBuffer(bytes: bytes[start..<min(start + 11, bytes.count)]))
        }
        #expect((server.code != nil) == server.session.hasFailed)
    }
}
