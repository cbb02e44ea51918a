import Glibc
import NIOCore
import NIOPosix
import Testing

@testable import SidecarProxy

@Suite("Splice pipe", .serialized)
struct SplicePipeTests {
    @Test("Bytes go from one connection to the other in order, no more than are asked for")
    func inOrder() async throws {
        let pair = try await ChannelPair()
        let text = DistinctText.make(100_000)
        pair.first.send(text)
        var moved: [Int] = []
        for limit in [0, 20_000, 100_000, 100_000] { moved.append(try await pair.move(atMost: limit)) }
        #expect(moved[0] == 0 && (1...20_000).contains(moved[1]), "\(moved)")
        let rest = try await pair.moveAll(100_000 - moved.reduce(0, +))
        #expect(rest == 100_000 - moved.reduce(0, +))
        #expect(try pair.second.receive(count: 100_000) == text)
    }

    @Test("A client that does not read gets no more than its connection takes, and later the rest")
    func slowTarget() async throws {
        let pair = try await ChannelPair()
        let size = 32 << 20
        let text = DistinctText.make(size)
        let first = pair.first
        let sending = Task.detached { first.send(text) }
        // The first bytes may be long in coming: other tests need the processor as well.
        var moved = try await pair.moveSome(size)
        var idle = 0
        while idle < 20 {
            let count = try await pair.move(atMost: .max)
            moved += count
            idle = count == 0 ? idle + 1 : 0
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(moved > 0 && moved < size)
        #expect(try await pair.buffered() < 1 << 20)
        var received = try pair.second.receive(count: moved)
        while moved < size {
            let count = try await pair.moveSome(size - moved)
            #expect(count > 0)
            guard count > 0 else { break }
            moved += count
            received += try pair.second.receive(count: count)
        }
        let isSame = received == text
        #expect(isSame)
        await sending.value
    }

    @Test("Nothing passes what the channel still has to send, nor a connection that is closed")
    func notIdle() async throws {
        let pair = try await ChannelPair()
        pair.first.send("behind")
        try await pair.write(ByteBuffer(string: "before "), flush: false)
        #expect(try await pair.moveAll(6, seconds: 0.2) == 0)
        try await pair.write(ByteBuffer(), flush: true)
        #expect(try await pair.moveAll(6) == 6)
        #expect(try pair.second.receive(count: 13) == "before behind")
        pair.first.send("more")
        try await pair.closeTarget()
        #expect(try await pair.moveAll(4, seconds: 0.2) == 0)
    }

    @Test(
        "What goes ahead comes first, however little the pipe holds, and is left where nothing is behind it",
        arguments: [SplicePipe.capacity, 4096]
    )
    func ahead(capacity: CInt) async throws {
        let pair = try await ChannelPair(capacity: capacity)
        let text = DistinctText.make(SplicePipe.aheadLimit + 100_000)
        let head = ByteBuffer(string: String(text.prefix(SplicePipe.aheadLimit)))
        let alone = try await pair.move(behind: head, atMost: 100_000)
        #expect(alone.count == 0 && alone.left == head)
        pair.first.send(String(text.dropFirst(SplicePipe.aheadLimit)))
        let (count, left) = try await pair.move(behind: head, atMost: 100_000)
        #expect(left.readableBytes == 0)
        #expect(try await pair.moveAll(100_000 - count) == 100_000 - count)
        #expect(try pair.second.receive(count: text.utf8.count) == text)
    }

    @Test("What goes ahead is left where nothing can be sent")
    func aheadOfNothing() async throws {
        let pair = try await ChannelPair()
        let head = ByteBuffer(string: "ahead")
        pair.first.send("behind")
        try await pair.write(ByteBuffer(string: "before"), flush: false)
        var found = try await pair.move(behind: head, atMost: 6)
        #expect(found.count == 0 && found.left == head)
        try await pair.closeTarget()
        found = try await pair.move(behind: head, atMost: 6)
        #expect(found.count == 0 && found.left == head)
    }

    @Test("An endpoint that has failed is told so after what goes ahead was sent")
    func failedSource() async throws {
        let pair = try await ChannelPair()
        let found = try await pair.move(behind: ByteBuffer(string: "ahead"), atMost: 4) {
            pair.first.reset()
            // The loop, which is here, does not see that; the kernel does.
            usleep(50_000)
        }
        #expect(found.count == 0 && found.left.readableBytes == 0)
        #expect(try pair.second.receive(count: 5) == "ahead")
        #expect(try await pair.isSourceClosed())
    }
}
