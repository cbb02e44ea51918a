import HTTP2
import NIOCore
import NIOPosix
import Synchronization

/// A client or an application of HTTP/2 over real sockets that may not acknowledge PINGs.
///
/// The application answers each request with 200, or not at all when it is deaf; the client sends one GET.
final class HTTP2Peer: Sendable {
    /// What has happened on all connections.
    final class State: Sendable {
        /// Whether what comes is read and not heard, but for SETTINGS.
        let isDeaf: Bool
        let connections = Atomic<Int>(0)
        let pings = Atomic<Int>(0)
        let closed = Atomic<Int>(0)
        let answers = Atomic<Int>(0)

        init(isDeaf: Bool) { self.isDeaf = isDeaf }
    }

    /// The port that the application listens on, or that the client came from.
    let port: UInt16
    private let channel: any Channel
    private let state: State

    /// Connections that were made, and ended.
    var connections: Int { state.connections.load(ordering: .relaxed) }
    var closed: Int { state.closed.load(ordering: .relaxed) }
    /// PINGs that came, acknowledged or not.
    var pings: Int { state.pings.load(ordering: .relaxed) }
    /// Responses that are complete.
    var answers: Int { state.answers.load(ordering: .relaxed) }

    private init(_ channel: any Channel, _ state: State) {
        self.channel = channel
        self.state = state
        port = UInt16(clamping: channel.localAddress?.port ?? 0)
    }

    /// Starts an application.
    static func application(isDeaf: Bool = false) async throws -> HTTP2Peer {
        let state = State(isDeaf: isDeaf)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HTTP2PeerHandler(.server, state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return HTTP2Peer(channel, state)
    }

    /// Connects a client and sends its request.
    static func client(port: Int, isDeaf: Bool = false) async throws -> HTTP2Peer {
        let state = State(isDeaf: isDeaf)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HTTP2PeerHandler(.client, state))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return HTTP2Peer(channel, state)
    }

    func stop() async { try? await channel.close() }
}
