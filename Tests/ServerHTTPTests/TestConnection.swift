import ChannelFixtures
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import ServerCore
import ServerHTTP

/// One HTTP connection over an embedded channel with a manual clock.
struct TestConnection {
    let channel: EmbeddedChannel
    let state = ServerState()
    let counters = HTTPCounters()
    let budget: ByteBudget
    let reads = ReadCounter()

    init(
        _ responder: any HTTPResponder = TestResponder(),
        limits: HTTPServerLimits = HTTPServerLimits(),
        budget: ByteBudget = ByteBudget(limit: 1 << 30),
        isTLS: Bool = true,
        phase: ServerState.Phase = .ready,
        loop: EmbeddedEventLoop = EmbeddedEventLoop()
    ) throws {
        channel = EmbeddedChannel(loop: loop)
        self.budget = budget
        state.advance(to: phase)
        var connection = ConnectionContext(peer: nil, eventLoop: channel.eventLoop, serverState: state)
        connection.isTLS = isTLS
        try channel.pipeline.syncOperations.addHandler(reads)
        let initializer = HTTPInitializer(
            responder: responder,
            limits: limits,
            budget: budget,
            counters: counters,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try initializer.initialize(channel, connection)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// Delivers `text` as one burst of reads.
    func send(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    /// What was sent since the last call.
    func received() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) {
            text += String(buffer: bytes)
        }
        return text
    }

    /// What comes back for `text`.
    func exchange(_ text: String) throws -> String {
        try send(text)
        return try received()
    }

    /// Lets `time` pass.
    func advance(by time: TimeAmount) {
        channel.embeddedEventLoop.advanceTime(by: time)
    }

    /// Whether the connection has been closed; closing runs on the event loop.
    var isClosed: Bool {
        channel.embeddedEventLoop.run()
        return !channel.isActive
    }
}
