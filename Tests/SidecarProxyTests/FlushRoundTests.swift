import NIOCore
import NIOPosix
import Testing

@testable import SidecarProxy

@Suite("Flush round")
struct FlushRoundTests {
    private final class Connection: RoundFlushing {
        var flushes = 0
        var whenFlushed: (Connection) -> Void = { _ in }

        func flushNow() {
            flushes += 1
            whenFlushed(self)
        }
    }

    @Test("Connections are sent to behind what the loop is doing, each once")
    func later() async throws {
        let flushes = try await onLoop { loop in
            let round = FlushRound(loop)
            let connections = [Connection(), Connection()]
            for connection in connections { round.add(connection) }
            let before = connections.map(\.flushes)
            return (before, connections)
        }
        #expect(flushes.0 == [0, 0])
        #expect(flushes.1 == [1, 1])
    }

    @Test("Who has something to send again while others are sent to waits for the next round")
    func again() async throws {
        let flushes = try await onLoop { loop in
            let round = FlushRound(loop)
            let connection = Connection()
            connection.whenFlushed = { if $0.flushes < 3 { round.add($0) } }
            round.add(connection)
            return ([connection.flushes], [connection])
        }
        #expect(flushes.0 == [0])
        #expect(flushes.1 == [3])
    }

    /// Runs `body` on a loop, and some rounds of the loop behind it; then tells what it told and the connections' counts.
    private func onLoop(
        _ body: @escaping @Sendable (any EventLoop) -> ([Int], [Connection])
    ) async throws -> ([Int], [Int]) {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let made = try await loop.submit {
            let (before, connections) = body(loop)
            return (before, NIOLoopBound(connections, eventLoop: loop))
        }.get()
        for _ in 0..<8 { try await loop.submit {}.get() }
        let after = try await loop.submit { made.1.value.map(\.flushes) }.get()
        try await group.shutdownGracefully()
        return (made.0, after)
    }
}
