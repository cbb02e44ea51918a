import Logging
import NIOCore
import NIOPosix
import Testing

@testable import ServerCore

@Suite("Server over loopback sockets")
struct ServerTests {
    private func server(drain: DrainPolicy) throws -> Server {
        let state = ServerState()
        let listener = Listener(
            label: "test",
            address: try ListenAddress(parsing: "127.0.0.1:0"),
            group: .singletonMultiThreadedEventLoopGroup,
            state: state,
            initializer: EchoInitializer(),
            logger: .silent
        )
        return Server(listeners: [listener], state: state, drain: drain, logger: .silent)
    }

    private func connect(_ server: Server) async throws -> TestClient {
        let port = try #require(server.listeners.first?.boundPort)
        return try await TestClient(port: port, group: .singletonMultiThreadedEventLoopGroup)
    }

    /// Polls until `condition` holds, for ten seconds at most.
    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        for _ in 0..<1_000 where !condition() {
            try await Task.sleep(for: .milliseconds(10))
        }
        return condition()
    }

    @Test("a server that has started is ready, and one that is closed has stopped")
    func ready() async throws {
        let server = try server(drain: .immediate)
        #expect(!server.state.isReady)
        try await server.start()
        #expect(server.state.isReady)
        await server.drain()
        #expect(server.state.phase == .stopped)
        #expect(server.listeners.allSatisfy { $0.boundAddress == nil })
    }

    @Test("a draining server accepts, leaves connections alone, and ends when they are gone and it was quiet")
    func drainsToTheEnd() async throws {
        let policy = DrainPolicy(gracePeriod: .seconds(60), lastCall: .seconds(1), quietPeriod: .milliseconds(200))
        let server = try server(drain: policy)
        try await server.start()
        let early = try await connect(server)
        #expect(try await eventually { server.activeConnections == 1 })
        async let drained: Void = server.drain()
        #expect(try await eventually { server.state.phase == .draining })
        let late = try await connect(server)
        #expect(try await eventually { server.activeConnections == 2 })
        try await early.channel.close()
        try await late.channel.close()
        await drained
        #expect(server.activeConnections == 0)
    }

    @Test("connections that stay get the last call, and new ones find the server refusing")
    func lastCall() async throws {
        let policy = DrainPolicy(gracePeriod: .seconds(60), lastCall: .seconds(60), quietPeriod: .milliseconds(50))
        let server = try server(drain: policy)
        try await server.start()
        let client = try await connect(server)
        #expect(try await eventually { server.activeConnections == 1 })
        async let drained: Void = server.drain()
        #expect(try await client.allReceived() == "started;last call;")
        await drained
    }

    @Test("the end of the grace period cuts off what is left")
    func deadline() async throws {
        let policy = DrainPolicy(gracePeriod: .milliseconds(100), lastCall: .zero, quietPeriod: .seconds(60))
        let server = try server(drain: policy)
        try await server.start()
        let client = try await connect(server)
        #expect(try await eventually { server.activeConnections == 1 })
        await server.drain()
        #expect(try await client.allReceived().hasPrefix("started;"))
    }

    @Test("a cancelled run closes at once")
    func cancelled() async throws {
        let server = try server(drain: DrainPolicy())
        let running = Task { try await server.run() }
        #expect(try await eventually { server.state.isReady })
        running.cancel()
        try await running.value
        #expect(server.state.phase == .stopped)
    }
}
