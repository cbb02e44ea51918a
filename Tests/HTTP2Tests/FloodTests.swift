import NIOCore
import Testing

@testable import HTTP2

@Suite("Peers that make work")
struct FloodTests {
    private static func greeted() -> Peer {
        let server = Peer(.server)
        let client = Peer(.client)
        Peer.talk(client, server)
        return server
    }

    private static func frame(_ kind: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8] = []) -> ByteBuffer {
        var out = ByteBuffer()
        HTTP2FrameHeader(kind, length: payload.count, flags: flags, stream: stream).write(to: &out)
        out.writeBytes(payload)
        return out
    }

    /// GET, http, / of the static table.
    private static let block: [UInt8] = [0x82, 0x86, 0x84]

    @Test(
        "A thousand frames that carry nothing are enough",
        arguments: [
            (UInt8(4), UInt8(0), UInt32(0), [UInt8]()), (6, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            (2, 0, 3, [0, 0, 0, 1, 0]), (8, 0, 0, [0, 0, 0, 1]), (7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), (0x42, 0, 0, [1]),
        ]
    )
    func control(_ kind: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) {
        let server = Self.greeted()
        var count = 0
        while server.code == nil, count < 10_000 {
            server.session.receive(Self.frame(kind, flags, stream, payload))
            count += 1
        }
        #expect(server.code == .enhanceYourCalm && count > 900)
    }

    @Test("Two hundred resets are enough, unless other streams have ended well")
    func resets() {
        let server = Self.greeted()
        var stream: UInt32 = 1
        func reset() {
            server.session.receive(Self.frame(1, 5, stream, Self.block))
            server.session.receive(Self.frame(3, 0, stream, [0, 0, 0, 8]))
            stream += 2
        }
        for _ in 0..<150 { reset() }
        for _ in 0..<150 {
            server.session.receive(Self.frame(1, 5, stream, Self.block))
            if let last = server.sides.last { server.send([(":status", "200")], on: last.stream, isLast: true) }
            stream += 2
        }
        for _ in 0..<200 { reset() }
        #expect(server.code == nil)
        reset()
        #expect(server.code == .enhanceYourCalm)
    }

    @Test("Empty DATA, and blocks in many frames")
    func empty() {
        let server = Self.greeted()
        server.session.receive(Self.frame(1, 4, 1, Self.block))
        for _ in 0..<11 { server.session.receive(Self.frame(0, 0, 1)) }
        #expect(server.code == .enhanceYourCalm)
        let other = Self.greeted()
        other.session.receive(Self.frame(1, 0, 1, Self.block))
        #expect(other.session.headerBlockStart != nil)
        for _ in 0..<16 { other.session.receive(Self.frame(9, 0, 1)) }
        #expect(other.code == .enhanceYourCalm)
    }

    @Test("Whoever reads no answers gets no thousand of them")
    func unread() {
        let server = Self.greeted()
        server.session.isWritable = false
        let start = ContinuousClock.now
        while server.code == nil, ContinuousClock.now - start < .seconds(20) {
            server.session.receive(Self.frame(6, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))
        }
        #expect(server.code == .enhanceYourCalm && server.session.output.readableBytes < 20_000)
    }
}
