import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ServerCore

@Suite("Pacing")
struct PacingTests {
    private let group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup

    /// What sockets have that were told nothing.
    private func systemDefault() async throws -> SocketOptionValue {
        let socket = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let found = try await congestion(of: socket)
        try await socket.close()
        return found
    }

    private func congestion(of channel: any Channel) async throws -> SocketOptionValue {
        try await channel.getOption(Pacing.option).get()
    }

    @Test(
        "a listener on the host itself has Reno, others what the system has",
        arguments: [("127.0.0.1:0", true), ("127.1.2.3:0", true), ("0.0.0.0:0", false)],
        [Listener.Mode.single, .perLoop]
    )
    func listening(_ at: (address: String, isLoopback: Bool), mode: Listener.Mode) async throws {
        let listener = Listener(
            label: "test",
            address: try ListenAddress(parsing: at.address),
            mode: mode,
            group: group,
            limits: ConnectionLimits(),
            state: ServerState(),
            initializer: EchoInitializer(),
            logger: .silent
        )
        try await listener.bind()
        let expected = at.isLoopback ? Pacing.reno : try await systemDefault()
        let sockets = listener.sockets.withLock { $0 }
        #expect(!sockets.isEmpty)
        for socket in sockets {
            #expect(try await congestion(of: socket) == expected)
        }
        await listener.close()
    }

    @Test("a connection to the host itself has Reno on both sides")
    func connecting() async throws {
        let accepted = group.next().makePromise(of: (any Channel).self)
        let server = try await ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    Pacing.avoid(by: channel, address: try SocketAddress(ipAddress: "127.0.0.1", port: 1))
                }
            }
            .childChannelInitializer { channel in
                accepted.succeed(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(server.localAddress)
        let client = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                Pacing.avoid(by: channel, address: address)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .connect(to: address).get()
        #expect(try await congestion(of: client) == Pacing.reno)
        #expect(try await congestion(of: accepted.futureResult.get()) == Pacing.reno)
        try await client.close()
        try await server.close()
    }

    @Test("an address of another host changes nothing")
    func others() async throws {
        let expected = try await systemDefault()
        for text in ["10.127.0.1", "::2", "0.0.0.0"] {
            let address = try SocketAddress(ipAddress: text, port: 1)
            let socket = try await ServerBootstrap(group: group)
                .serverChannelInitializer { channel in
                    Pacing.avoid(by: channel, address: address)
                    return channel.eventLoop.makeSucceededVoidFuture()
                }
                .bind(host: "127.0.0.1", port: 0).get()
            #expect(try await congestion(of: socket) == expected)
            try await socket.close()
        }
    }

    @Test("only BBR is known to send by a timer; other kinds of sockets do not")
    func known() async throws {
        var seen: Set<String> = []
        for name in ["reno", "cubic", "bbr"] {
            let socket = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
            // Not every kernel has all of them.
            if (try? await socket.setOption(Pacing.option, value: Pacing.letters(name)).get()) != nil {
                seen.insert(name)
                #expect(try await isPaced(socket) == (name == "bbr"), "\(name)")
            }
            try await socket.close()
        }
        #expect(seen.contains("reno"))
        let path = FileManager.default.temporaryDirectory.appending(path: "pacing-\(UUID().uuidString)").path
        let socket = try await ServerBootstrap(group: group).bind(unixDomainSocketPath: path).get()
        #expect(try await isPaced(socket) == false)
        // Its file goes with it.
        try await socket.close()
    }

    private func isPaced(_ channel: any Channel) async throws -> Bool {
        try await channel.eventLoop.submit { Pacing.isUsed(by: channel) }.get()
    }
}
