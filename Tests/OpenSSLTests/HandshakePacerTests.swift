import ChannelFixtures
import NIOCore
import NIOEmbedded
import OpenSSL
import Testing

/// A share of no time at all has every step of a handshake wait, and each turn take one.
@Suite struct HandshakePacerTests {
    private let loop = EmbeddedEventLoop()

    /// A pair that is not connected yet, whose server has its share of the loop's turns.
    private func pair(version: TLSVersion? = nil, _ pacer: HandshakePacer) throws -> HandlerPair {
        try HandlerPair.make(version: version, connected: false, loop: loop, pacer: pacer)
    }

    private var strict: HandshakePacer { HandshakePacer(eventLoop: loop, share: .zero) }

    @Test("A handshake that has waited for its turns ends like any other", arguments: TLSVersion.allCases)
    func endsInTurns(version: TLSVersion) throws {
        let pair = try pair(version: version, strict)
        defer { pair.finish() }
        pair.client.writeAndFlush(ByteBuffer(string: "early"), promise: nil)
        try pair.connect()
        #expect(pair.serverEvents.events == [.active])
        for _ in 0..<4 { try pair.takeTurn() }
        #expect(pair.serverEvents.events == [.active, .handshake("http/1.1"), .bytes])
        #expect(String(buffer: pair.serverEvents.bytes) == "early")
    }

    @Test("Nothing is read while a handshake waits, and what was asked for meanwhile is read after it")
    func holdsReads() throws {
        let pair = try pair(strict)
        defer { pair.finish() }
        try pair.connect()
        let before = pair.serverReads.count
        pair.server.read()
        pair.server.read()
        #expect(pair.serverReads.count == before)
        try pair.takeTurn()
        #expect(pair.serverReads.count > before)
    }

    @Test("A turn that is used up leaves the rest to the next ones, in order")
    func keepsOrder() throws {
        let pacer = strict
        let pair = try pair(pacer)
        defer { pair.finish() }
        let second = try self.pair(pacer)
        defer { second.finish() }
        try pair.connect()
        try second.connect()
        #expect(try pair.outbound(pair.server) == nil)
        pair.loop.advanceTime(by: .microseconds(20))
        #expect(try pair.outbound(pair.server) != nil)
        #expect(try second.outbound(second.server) == nil)
        pair.loop.advanceTime(by: .microseconds(20))
        #expect(try second.outbound(second.server) != nil)
    }

    @Test("A share that is not used up lets handshakes go on at once")
    func passesWhenCalm() throws {
        let pair = try pair(HandshakePacer(eventLoop: loop))
        defer { pair.finish() }
        try pair.connect()
        #expect(pair.serverEvents.events == [.active, .handshake("http/1.1")])
    }

    @Test("A connection that ends while it waits is told once, and its turn does nothing")
    func endsWhileWaiting() throws {
        let pair = try pair(strict)
        defer { pair.finish() }
        try pair.connect()
        pair.drop(pair.server)
        #expect(pair.serverEvents.errors.count == 1)
        try pair.takeTurn()
        #expect(pair.serverEvents.errors.count == 1)
        #expect(try pair.outbound(pair.server) == nil)
    }
}

extension HandlerPair {
    /// Has the next waiting handshake go on, and carries what it has to say.
    fileprivate func takeTurn() throws {
        loop.advanceTime(by: .microseconds(20))
        try exchange()
    }
}
