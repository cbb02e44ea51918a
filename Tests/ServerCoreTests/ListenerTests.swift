import NIOCore
import NIOPosix
import Testing

@testable import ServerCore

@Suite("Listener over loopback sockets")
struct ListenerTests {
    private func listener(
        _ initializer: any ConnectionInitializer = EchoInitializer(),
        address: String = "127.0.0.1:0",
        mode: Listener.Mode = .single,
        limits: ConnectionLimits = ConnectionLimits(),
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) throws -> Listener {
        Listener(
            label: "test",
            address: try ListenAddress(parsing: address),
            mode: mode,
            group: group,
            limits: limits,
            state: ServerState(),
            initializer: initializer,
            logger: .silent
        )
    }

    private func connect(_ listener: Listener) async throws -> TestClient {
        try await TestClient(port: try #require(listener.boundPort), group: .singletonMultiThreadedEventLoopGroup)
    }

    /// Polls until `condition` holds, for ten seconds at most.
    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        for _ in 0..<1_000 where !condition() {
            try await Task.sleep(for: .milliseconds(10))
        }
        return condition()
    }

    @Test("a connection is served on its loop and knows its peer", arguments: [Listener.Mode.single, .perLoop])
    func serves(mode: Listener.Mode) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let listener = try listener(GreetingInitializer(), mode: mode, group: group)
        try await listener.bind()
        for _ in 0..<8 {
            #expect(try await connect(listener).allReceived() == "127.0.0.1 same loop starting")
        }
        #expect(listener.counters.accepted == 8)
        #expect(try await eventually { listener.counters.active == 0 })
        await listener.close()
        try await group.shutdownGracefully()
    }

    @Test("every address of the host serves IPv4 as well")
    func dualStack() async throws {
        let listener = try listener(GreetingInitializer(), address: ":0")
        try await listener.bind()
        let greeting = try await connect(listener).allReceived()
        #expect(greeting.contains("127.0.0.1 same loop"))
        await listener.close()
    }

    @Test("an address in use is an error that says so", arguments: [Listener.Mode.single, .perLoop])
    func addressInUse(mode: Listener.Mode) async throws {
        let first = try listener(mode: mode)
        try await first.bind()
        let address = "127.0.0.1:\(try #require(first.boundPort))"
        for mode in [Listener.Mode.single, .perLoop] {
            let second = try listener(address: address, mode: mode)
            let error = try await #require(throws: ListenerError.self) { try await second.bind() }
            #expect(error.code == .addressInUse)
            #expect(error.description.contains("\(address): the address is already in use"))
            #expect(second.boundAddress == nil)
        }
        await first.close()
    }

    @Test("an address that the host does not have is an error that says so")
    func addressNotAvailable() async throws {
        let listener = try listener(address: "192.0.2.1:0")
        let error = try await #require(throws: ListenerError.self) { try await listener.bind() }
        #expect(error.code == .addressNotAvailable)
    }

    @Test("a connection over the limit of its source is closed at once and counted")
    func overSource() async throws {
        let listener = try listener(limits: ConnectionLimits(total: 10, perSource: 1))
        try await listener.bind()
        let first = try await connect(listener)
        #expect(try await eventually { listener.counters.active == 1 })
        #expect(try await connect(listener).allReceived() == "")
        #expect(listener.counters.rejectedOverSource == 1)
        try await first.channel.close()
        #expect(try await eventually { listener.counters.active == 0 })
        let third = try await connect(listener)
        #expect(try await eventually { listener.counters.active == 1 })
        try await third.channel.close()
        await listener.close()
    }

    @Test("a connection over the limit in total is closed at once and counted")
    func overTotal() async throws {
        let listener = try listener(limits: ConnectionLimits(total: 1, perSource: nil))
        try await listener.bind()
        let first = try await connect(listener)
        #expect(try await eventually { listener.counters.active == 1 })
        #expect(try await connect(listener).allReceived() == "")
        #expect(listener.counters.rejectedOverTotal == 1)
        #expect(listener.counters.active == 1)
        try await first.channel.close()
        await listener.close()
    }

    @Test("an initializer that throws costs its connection alone")
    func failingInitializer() async throws {
        let listener = try listener(FailingInitializer())
        try await listener.bind()
        for _ in 0..<3 {
            #expect(try await connect(listener).allReceived() == "")
        }
        #expect(listener.counters.failedSetups == 3)
        #expect(try await eventually { listener.counters.active == 0 })
        await listener.close()
    }

    @Test("a drain event reaches the live connections of every loop", arguments: [Listener.Mode.single, .perLoop])
    func drainEvent(mode: Listener.Mode) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let listener = try listener(mode: mode, group: group)
        try await listener.bind()
        var clients: [TestClient] = []
        for _ in 0..<6 { clients.append(try await connect(listener)) }
        #expect(try await eventually { listener.counters.active == 6 })
        listener.send(.started)
        listener.send(.lastCall)
        for client in clients {
            #expect(try await client.allReceived() == "started;last call;")
        }
        await listener.close()
        try await group.shutdownGracefully()
    }
}
