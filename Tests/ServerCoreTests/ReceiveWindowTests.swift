import NIOCore
import NIOPosix
import Testing

@testable import ServerCore

@Suite("Receive window")
struct ReceiveWindowTests {
    private struct Sizes: Equatable {
        /// How much the system keeps for a new connection, in bytes.
        var buffer: SocketOptionValue
        /// From how many bytes on it can be read.
        var least: SocketOptionValue
    }

    private func sizes(widenedToward text: String?) async throws -> Sizes {
        let group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
        let server = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let client = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let text else { return }
                    ReceiveWindow.widen(of: channel, toward: try SocketAddress(ipAddress: text, port: 1))
                }
            }
            .connect(to: try #require(server.localAddress)).get()
        let found = Sizes(
            buffer: try await client.getOption(.socketOption(.so_rcvbuf)).get(),
            least: try await client.getOption(ReceiveWindow.option).get()
        )
        try await client.close()
        try await server.close()
        return found
    }

    @Test("a connection to the host itself has more room, and is read as early as ever")
    func widened() async throws {
        let usual = try await sizes(widenedToward: nil)
        for text in ["127.0.0.1", "::1"] {
            let found = try await sizes(widenedToward: text)
            // A system may begin with more than is asked for.
            #expect(found.buffer > min(usual.buffer, ReceiveWindow.wanted))
            #expect(found.least == 1)
        }
    }

    @Test("a connection to another host is left as it is")
    func others() async throws {
        let usual = try await sizes(widenedToward: nil)
        for text in ["10.127.0.1", "::2"] {
            let found = try await sizes(widenedToward: text)
            #expect(found == usual)
        }
    }
}
