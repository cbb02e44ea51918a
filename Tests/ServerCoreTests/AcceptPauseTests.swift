import NIOCore
import NIOEmbedded
import NIOPosix
import Testing

@testable import ServerCore

@Suite("AcceptPause")
struct AcceptPauseTests {
    /// Remembers what `autoRead` was set to.
    private func autoRead(_ channel: EmbeddedChannel) -> [Bool] {
        channel.options.compactMap { $0.1 as? Bool }
    }

    @Test("a failed accept stops reading for the pause, and is counted, however often it fails meanwhile")
    func pauses() throws {
        let counters = ConnectionCounters()
        let handler = AcceptPause(pause: .milliseconds(100), counters: counters, logger: .silent)
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        for _ in 0..<3 {
            channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
        }
        #expect(counters.acceptErrors == 3)
        #expect(autoRead(channel) == [false])
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(99))
        #expect(autoRead(channel) == [false])
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(autoRead(channel) == [true])
    }

    @Test("the failure of one connection does not stop the others")
    func otherErrors() throws {
        let counters = ConnectionCounters()
        let handler = AcceptPause(pause: .milliseconds(100), counters: counters, logger: .silent)
        let channel = EmbeddedChannel(handler: handler)
        channel.pipeline.fireErrorCaught(ConnectionRefused())
        #expect(counters.acceptErrors == 0)
        #expect(autoRead(channel).isEmpty)
    }
}
