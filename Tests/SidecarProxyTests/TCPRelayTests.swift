import Logging
import NIOCore
import NIOPosix
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("tcp_proxy", .serialized)
struct TCPRelayTests {
    /// More than the system's buffers hold, so that the proxy has some of it in hand when both sides have ended.
    private static let size = 24 << 20

    @Test("Everything reaches a client that has ended its side long ago and reads late")
    func readsLate() async throws {
        let app = try await AnswerAtEnd(count: Self.size, resets: false)
        let proxy = try await Self.proxy(app.port)
        let client = try RawClient(port: proxy.ports.first ?? 0)
        client.send("hello")
        client.endSending()
        #expect(try await ProxyHarness.eventually { app.hasWritten })
        try await Task.sleep(for: .milliseconds(100))
        #expect(try client.receive().utf8.count == Self.size)
        #expect(try await ProxyHarness.eventually { proxy.activeConnections == 0 })
    }

    @Test("A connection that breaks off does not look like one that ended properly")
    func reset() async throws {
        let app = try await AnswerAtEnd(count: 5, resets: true)
        let proxy = try await Self.proxy(app.port)
        let client = try RawClient(port: proxy.ports.first ?? 0)
        client.send("hello")
        client.endSending()
        #expect(throws: ClientError.self) { _ = try client.receive() }
        #expect(try await ProxyHarness.eventually { proxy.activeConnections == 0 })
    }

    @Test("Much goes both ways at once, to the byte")
    func bothWays() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 101 Echo\r\n\r\n") }
        let proxy = try await Self.proxy(app.port)
        let client = try RawClient(port: proxy.ports.first ?? 0)
        client.send("GET / HTTP/1.1\r\n\r\n")
        _ = try client.receive(through: "\r\n\r\n")
        let text = DistinctText.make(Self.size)
        let sending = Task.detached { client.send(text) }
        let isSame = try client.receive(count: text.utf8.count) == text
        #expect(isSame)
        await sending.value
    }

    private static func proxy(_ port: UInt16) async throws -> ProxyServer {
        let listener = ListenerConfiguration(
            name: "test",
            address: NetworkAddress(host: "127.0.0.1", port: 0),
            filterChain: .tcp(TCPProxy(statPrefix: "test", target: .cluster("app")))
        )
        let cluster = ClusterConfiguration(
            name: "app",
            connectTimeout: .seconds(1),
            endpoints: [EndpointConfiguration(NetworkAddress(host: "127.0.0.1", port: port))]
        )
        let server = try await ProxyServer(
            settings: ProxySettings(bootstrap: Bootstrap(listeners: [listener], clusters: [cluster]), version: "test"),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await server.start {}
        return server
    }
}
