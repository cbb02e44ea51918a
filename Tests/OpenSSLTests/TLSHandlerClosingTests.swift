import NIOCore
import NIOEmbedded
import OpenSSL
import Testing

@Suite struct TLSHandlerClosingTests {
    private let timedOut = OpenSSLError(.handshakeTimedOut, "")

    @Test("A handshake that does not end by its deadline ends the connection")
    func enforcesHandshakeDeadline() throws {
        let pair = try HandlerPair.make(limits: TLSHandlerLimits(handshakeTimeout: .seconds(10)), connected: false)
        defer { pair.finish() }
        pair.server.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        pair.loop.advanceTime(by: .milliseconds(9_999))
        #expect(pair.server.isActive)
        #expect(pair.serverEvents.errors.isEmpty)
        pair.loop.advanceTime(by: .milliseconds(1))
        #expect(!pair.server.isActive)
        #expect(pair.serverEvents.errors.first as? OpenSSLError == timedOut)
    }

    @Test("Bytes that trickle in do not move the handshake's deadline")
    func ignoresTrickle() throws {
        let pair = try HandlerPair.make(limits: TLSHandlerLimits(handshakeTimeout: .seconds(10)), connected: false)
        defer { pair.finish() }
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        pair.server.connect(to: address, promise: nil)
        pair.client.connect(to: address, promise: nil)
        var hello = try #require(try pair.outbound(pair.client))
        for _ in 0..<10 {
            let byte = hello.readSlice(length: 1)
            pair.server.pipeline.fireChannelRead(try #require(byte))
            pair.loop.advanceTime(by: .seconds(1))
        }
        #expect(pair.serverEvents.errors.first as? OpenSSLError == timedOut)
    }

    @Test("The deadline is gone once the handshake is complete")
    func cancelsHandshakeDeadline() throws {
        let pair = try HandlerPair.make()
        defer { pair.finish() }
        pair.loop.advanceTime(by: .hours(1))
        #expect(pair.server.isActive)
        #expect(pair.serverEvents.errors.isEmpty)
    }

    @Test("An end in the middle of the handshake is reported as that")
    func reportsInterruption() throws {
        let pair = try HandlerPair.make(connected: false)
        pair.server.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        pair.drop(pair.server)
        #expect(pair.serverEvents.errors.first as? OpenSSLError == OpenSSLError(.handshakeInterrupted, ""))
        #expect(pair.serverEvents.events.last == .inactive)
    }

    @Test("Closing says close_notify, and the peer answers and closes", arguments: TLSVersion.allCases)
    func closesCleanly(version: TLSVersion) throws {
        let pair = try HandlerPair.make(version: version)
        defer { pair.finish() }
        pair.client.close(promise: nil)
        try pair.exchange()
        pair.loop.run()
        #expect(pair.serverEvents.events.suffix(2) == [.shutdown, .inactive])
        #expect(!pair.server.isActive)
        #expect(pair.serverEvents.errors.isEmpty)
        #expect(pair.clientEvents.errors.isEmpty)
    }

    @Test("An end without close_notify is an unclean shutdown")
    func reportsUncleanShutdown() throws {
        let pair = try HandlerPair.make()
        pair.client.writeAndFlush(ByteBuffer(string: "half"), promise: nil)
        try pair.exchange()
        pair.drop(pair.server)
        #expect(String(buffer: pair.serverEvents.bytes) == "half")
        #expect(pair.serverEvents.errors.first as? OpenSSLError == OpenSSLError(.uncleanShutdown, ""))
    }

    @Test("With half closure the peer's close_notify ends the input only")
    func keepsOutputOpen() throws {
        let pair = try HandlerPair.make(halfClosure: true)
        defer { pair.finish() }
        pair.server.pipeline.fireChannelRead(try farewell(of: pair))
        #expect(pair.serverEvents.events.last == .inputClosed)
        #expect(pair.server.isActive)
        pair.server.writeAndFlush(ByteBuffer(string: "rest"), promise: nil)
        #expect(try pair.outbound(pair.server) != nil)
        pair.server.close(mode: .output, promise: nil)
        #expect(pair.serverEvents.events.suffix(2) == [.shutdown, .inactive])
        #expect(pair.serverEvents.errors.isEmpty)
    }

    @Test("With half closure an end without close_notify is still unclean")
    func reportsUncleanHalfClosure() throws {
        let pair = try HandlerPair.make(halfClosure: true)
        defer { pair.finish() }
        pair.server.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(pair.serverEvents.errors.first as? OpenSSLError == OpenSSLError(.uncleanShutdown, ""))
        #expect(!pair.serverEvents.events.contains(.inputClosed))
    }

    @Test("Writes after closing the output fail")
    func refusesLateWrites() throws {
        let pair = try HandlerPair.make()
        defer { pair.finish() }
        var failure: (any Error)?
        pair.serverEvents.reaction = { event, context in
            guard event == .bytes else { return }
            context.close(mode: .output, promise: nil)
            context.channel.writeAndFlush(ByteBuffer(string: "late")).assumeIsolated().whenFailure { failure = $0 }
        }
        pair.client.writeAndFlush(ByteBuffer(string: "now"), promise: nil)
        try pair.exchange()
        #expect(failure != nil)
    }

    @Test("A close of the output during the handshake follows what was written before")
    func holdsOutputClose() throws {
        let pair = try HandlerPair.make(halfClosure: true, connected: false)
        defer { pair.finish() }
        pair.client.writeAndFlush(ByteBuffer(string: "all I have"), promise: nil)
        pair.client.close(mode: .output, promise: nil)
        try pair.connect()
        #expect(String(buffer: pair.serverEvents.bytes) == "all I have")
        #expect(pair.serverEvents.events.contains(.inputClosed))
    }

    /// The close_notify of the client.
    private func farewell(of pair: HandlerPair) throws -> ByteBuffer {
        pair.client.close(promise: nil)
        return try #require(try pair.outbound(pair.client))
    }
}
