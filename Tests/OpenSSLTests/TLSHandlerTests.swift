import CertificateFixtures
import ChannelFixtures
import NIOCore
import NIOEmbedded
import OpenSSL
import Testing

@Suite struct TLSHandlerTests {
    @Test("The end of the handshake is announced before any byte", arguments: TLSVersion.allCases)
    func announcesHandshake(version: TLSVersion) throws {
        let pair = try HandlerPair.make(version: version, connected: false)
        defer { pair.finish() }
        pair.client.writeAndFlush(ByteBuffer(string: "early"), promise: nil)
        try pair.connect()
        #expect(pair.serverEvents.events == [.active, .handshake("http/1.1"), .bytes])
        #expect(String(buffer: pair.serverEvents.bytes) == "early")
        #expect(pair.serverHandler.version == version)
    }

    @Test("Large transfers arrive byte for byte both ways", arguments: [1, 333, 16_384, 100_000])
    func transfersExactly(chunk: Int) throws {
        let pair = try HandlerPair.make()
        defer { pair.finish() }
        let total = min(chunk * 400, 1_500_001)
        let bytes = ByteBuffer(bytes: (0..<total).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        for (sender, receiver) in [(pair.client, pair.serverEvents), (pair.server, pair.clientEvents)] {
            var rest = bytes
            var written = 0
            var count = 0
            while let piece = rest.readSlice(length: min(chunk, rest.readableBytes)), piece.readableBytes > 0 {
                sender.write(piece).assumeIsolated().whenSuccess { written += 1 }
                count += 1
                if count % 7 == 0 { sender.flush() }
            }
            sender.flush()
            try pair.exchange()
            #expect(receiver.bytes == bytes)
            #expect(written == count)
        }
    }

    @Test("The writes of one flush share records")
    func coalescesWrites() throws {
        let pair = try HandlerPair.make()
        defer { pair.finish() }
        for _ in 0..<100 { pair.server.write(ByteBuffer(string: "0123456789"), promise: nil) }
        pair.server.flush()
        let sent = try #require(try pair.outbound(pair.server))
        #expect(try pair.outbound(pair.server) == nil)
        #expect(sent.readableBytes < 1_000 + 40)
    }

    @Test("A write is kept until it is flushed")
    func waitsForFlush() throws {
        let pair = try HandlerPair.make()
        defer { pair.finish() }
        pair.server.write(ByteBuffer(string: "later"), promise: nil)
        #expect(try pair.outbound(pair.server) == nil)
        pair.server.flush()
        #expect(try pair.outbound(pair.server) != nil)
    }

    @Test("Answers from within the announcement and from within a read keep their order")
    func survivesReentrancy() throws {
        let pair = try HandlerPair.make(connected: false)
        defer { pair.finish() }
        pair.serverEvents.reaction = { event, context in
            switch event {
            case .handshake: context.writeAndFlush(NIOAny(ByteBuffer(string: "hello ")), promise: nil)
            case .bytes:
                context.writeAndFlush(NIOAny(ByteBuffer(string: "and goodbye")), promise: nil)
                context.close(promise: nil)
            default: break
            }
        }
        pair.client.writeAndFlush(ByteBuffer(string: "hi"), promise: nil)
        try pair.connect()
        #expect(String(buffer: pair.clientEvents.bytes) == "hello and goodbye")
        #expect(pair.serverEvents.errors.isEmpty)
        #expect(pair.clientEvents.errors.isEmpty)
    }

    @Test("A read that brought no plaintext asks for another")
    func asksAgainForPlaintext() throws {
        let pair = try HandlerPair.make()
        defer { pair.finish() }
        let counter = ReadCounter()
        try pair.server.pipeline.syncOperations.addHandler(counter, position: .first)
        pair.client.writeAndFlush(ByteBuffer(string: "one record"), promise: nil)
        var bytes = try #require(try pair.outbound(pair.client))
        let start = bytes.readSlice(length: 10)
        let half = try #require(start)
        pair.server.pipeline.read()
        #expect(counter.count == 1)
        pair.server.pipeline.fireChannelRead(half)
        pair.server.pipeline.fireChannelReadComplete()
        #expect(counter.count == 2)
        pair.server.pipeline.fireChannelRead(bytes)
        pair.server.pipeline.fireChannelReadComplete()
        #expect(counter.count == 2)
    }

    @Test("More than the limit before the handshake ends the connection")
    func boundsHeldWrites() throws {
        let pair = try HandlerPair.make(limits: TLSHandlerLimits(maximumHeldBytes: 1_000), connected: false)
        defer { pair.finish() }
        var failure: (any Error)?
        pair.client.write(ByteBuffer(repeating: 1, count: 600), promise: nil)
        pair.client.write(ByteBuffer(repeating: 1, count: 600)).assumeIsolated().whenFailure { failure = $0 }
        #expect(failure as? OpenSSLError == OpenSSLError(.writeBufferFull, ""))
        #expect(pair.clientEvents.errors.first as? OpenSSLError == OpenSSLError(.writeBufferFull, ""))
    }

    @Test("Plain HTTP on the TLS port is refused")
    func refusesPlainHTTP() throws {
        let pair = try HandlerPair.make(connected: false)
        defer { pair.finish() }
        pair.server.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        pair.server.pipeline.fireChannelRead(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
        #expect(pair.serverEvents.errors.first as? OpenSSLError == OpenSSLError(.plainHTTP, ""))
        #expect(pair.serverEvents.errors.count == 1)
        #expect(!pair.server.isActive)
    }

    @Test("A refused client gets the alert before the end")
    func sendsAlert() throws {
        let authority = try TestAuthority()
        let pair = try HandlerPair(
            authority.serverConfiguration(protocols: ["http/1.1"]),
            authority.clientConfiguration(protocols: ["h2"])
        )
        defer { pair.finish() }
        try pair.connect()
        #expect(pair.serverEvents.errors.first as? OpenSSLError == OpenSSLError(.noCommonProtocol, ""))
        #expect(pair.clientEvents.errors.first as? OpenSSLError == OpenSSLError(.receivedAlert, ""))
    }
}
