import Glibc
import NIOCore
import Testing

@testable import SidecarProxy

@Suite("Sending past a channel", .serialized)
struct PlainSocketTests {
    @Test("What the system takes at once the channel never has")
    func whole() async throws {
        let pair = try await ChannelPair()
        let left = try await pair.send(ByteBuffer(string: "whole"))
        #expect(left.readableBytes == 0)
        #expect(try await pair.buffered() == 0)
        #expect(try pair.second.receive(count: 5) == "whole")
    }

    @Test("What the system does not take is left, nothing passes it in the channel, and all arrives in order")
    func partly() async throws {
        let pair = try await ChannelPair()
        let size = 32 << 20
        let text = DistinctText.make(size)
        let left = try await pair.send(ByteBuffer(string: text))
        #expect((1..<size).contains(left.readableBytes))
        try await pair.write(left, flush: true)
        let behind = ByteBuffer(string: "behind")
        #expect(try await pair.send(behind) == behind)
        let second = pair.second
        let isSame = try await Task.detached { try second.receive(count: size) == text }.value
        #expect(isSame)
        #expect(try await ProxyHarness.eventually { (try? await pair.buffered()) == 0 })
        #expect(try await pair.send(behind).readableBytes == 0)
        #expect(try second.receive(count: 6) == "behind")
    }

    @Test("Nothing passes what was written and not flushed")
    func unflushed() async throws {
        let pair = try await ChannelPair()
        let behind = ByteBuffer(string: "behind")
        try await pair.write(ByteBuffer(string: "before "), flush: false)
        #expect(try await pair.send(behind) == behind)
        try await pair.write(ByteBuffer(), flush: true)
        #expect(try await pair.send(behind).readableBytes == 0)
        #expect(try pair.second.receive(count: 13) == "before behind")
    }

    @Test("To a connection that is closed or has failed nothing is sent, and the process goes on")
    func failed() async throws {
        let bytes = ByteBuffer(string: "in vain")
        let reset = try await ChannelPair()
        let left = try await reset.send(bytes) {
            reset.second.reset()
            // The loop, which is here, does not see that; the kernel does.
            usleep(50_000)
        }
        #expect(left == bytes)
        let closed = try await ChannelPair()
        try await closed.closeTarget()
        #expect(try await closed.send(bytes) == bytes)
    }
}
