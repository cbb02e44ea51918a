import NIOCore
import Testing

@testable import HTTP2

@Suite("PINGs of our own (RFC 9113 section 6.7)")
struct PingTests {
    /// Both sides have read the other's settings.
    private static func pair() -> (asking: Peer, other: Peer) {
        let (asking, other) = (Peer(.server), Peer(.client))
        Peer.talk(asking, other)
        return (asking, other)
    }

    private static func acknowledgement(_ payload: UInt64) -> ByteBuffer {
        var out = ByteBuffer()
        HTTP2FrameHeader(6, length: 8, flags: 1, stream: 0).write(to: &out)
        out.writeInteger(payload)
        return out
    }

    @Test("A PING goes out with its payload, and its answer is told once", arguments: [1, 5, Int.max])
    func answered(_ size: Int) {
        let (asking, other) = Self.pair()
        asking.session.ping(0x0102_0304_0506_0708)
        #expect(Array(asking.session.output.readableBytesView) == [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
        Peer.talk(asking, other, size: size)
        #expect(asking.acknowledgedPings == 1 && other.acknowledgedPings == 0)
        asking.session.receive(Self.acknowledgement(0x0102_0304_0506_0708))
        #expect(asking.acknowledgedPings == 1 && asking.code == nil)
    }

    @Test("Answers to what was not asked change nothing, and count as a flood")
    func foreign() {
        let (asking, other) = Self.pair()
        asking.session.receive(Self.acknowledgement(0))
        asking.session.ping(7)
        asking.session.receive(Self.acknowledgement(0))
        asking.session.receive(Self.acknowledgement(7 << 56))
        #expect(asking.acknowledgedPings == 0)
        Peer.talk(asking, other)
        #expect(asking.acknowledgedPings == 1 && asking.code == nil)
        for number in 0..<2000 { asking.session.receive(Self.acknowledgement(UInt64(number))) }
        #expect(asking.code == .enhanceYourCalm)
    }

    @Test("What comes before the answer is told of, but for other answers and unknown frames")
    func heard() throws {
        let (server, client) = Self.pair()
        _ = try #require(client.request(isLast: false))
        Peer.talk(client, server)
        #expect(server.heardFrames == 0)
        server.session.ping(1)
        server.session.receive(Self.acknowledgement(2))
        var unknown = ByteBuffer()
        HTTP2FrameHeader(0x42, length: 0, stream: 0).write(to: &unknown)
        server.session.receive(unknown)
        #expect(server.heardFrames == 0)
        _ = try #require(client.request(isLast: true))
        client.session.ping(3)
        server.session.receive(client.session.takeOutput())
        #expect(server.heardFrames == 2 && server.acknowledgedPings == 0)
    }

    @Test("Only one PING is open at a time, and none is sent when the connection is given up")
    func one() {
        let (asking, other) = Self.pair()
        asking.session.ping(1)
        let before = asking.session.output.readableBytes
        asking.session.ping(2)
        #expect(asking.session.output.readableBytes == before)
        Peer.talk(asking, other)
        asking.session.ping(3)
        Peer.talk(asking, other)
        #expect(asking.acknowledgedPings == 2)
        asking.session.fail(.protocolError)
        _ = asking.session.takeOutput()
        asking.session.ping(4)
        #expect(asking.session.output.readableBytes == 0)
    }

    @Test("Answers that were asked for are no flood")
    func often() {
        let (asking, other) = Self.pair()
        for number in 0..<3000 {
            asking.session.ping(UInt64(number))
            asking.session.receive(Self.acknowledgement(UInt64(number)))
        }
        #expect(asking.acknowledgedPings == 3000 && asking.code == nil && other.code == nil)
    }

    @Test("The end of a stream does not become a part of the PING behind it")
    func ending() throws {
        let (client, server) = (Peer(.client), Peer(.server))
        Peer.talk(client, server)
        let request = try #require(client.request(isLast: false))
        client.session.ping(0xFFFF_FFFF_FFFF_FFFF)
        client.session.end(request.stream)
        Peer.talk(client, server)
        #expect(server.sides.first?.side.isDone == true && client.acknowledgedPings == 1)
    }
}
