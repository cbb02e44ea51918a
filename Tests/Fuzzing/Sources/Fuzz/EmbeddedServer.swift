import AdmissionWebhook
import Injection
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import Observability
import ServerCore
import ServerHTTP

/// The webhook's HTTP layer on channels without sockets.
struct EmbeddedServer: Sendable {
    /// The layer to put on a connection.
    let initializer: HTTPInitializer

    /// Makes a server with the shipped catalog.
    init() throws {
        let store = CatalogStore(try ShippedCatalog.load(), settings: AdmissionReviewer.Settings())
        let none = HealthChecks(name: "readyz", checks: [])
        let responder = AdmissionResponder(
            store: store,
            metrics: AdmissionMetrics(registry: MetricRegistry(), store: store),
            log: DecisionLog(FieldLog(label: "fuzz", sink: nil, format: .json)),
            liveness: none,
            readiness: none,
            pool: .singleton,
            requiresClientCertificate: false
        )
        initializer = HTTPInitializer(
            responder: responder,
            budget: ByteBudget(limit: 1 << 30),
            logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// The statuses of the replies on one connection that gets `bytes`, so many at a time, and is then closed.
    func statuses(for bytes: [UInt8], at step: Int) -> [Int] {
        let channel = EmbeddedChannel()
        var connection = ConnectionContext(peer: nil, eventLoop: channel.eventLoop)
        connection.isTLS = true
        do {
            try initializer.initialize(channel, connection)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        } catch {
            fatalError("no connection: \(error)")
        }
        var start = 0
        while start < bytes.count, channel.isActive {
            let end = min(start + max(1, step), bytes.count)
            channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes[start..<end]))
            channel.pipeline.fireChannelReadComplete()
            channel.embeddedEventLoop.run()
            start = end
        }
        let statuses = Self.statuses(of: channel)
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return statuses
    }

    /// Reads the status lines of what a channel sent; every reply is told by its first line.
    private static func statuses(of channel: EmbeddedChannel) -> [Int] {
        var reply: [UInt8] = []
        while let bytes = try? channel.readOutbound(as: ByteBuffer.self) {
            reply += bytes.readableBytesView
        }
        let marker = Array("HTTP/1.1 ".utf8)
        return reply.indices.compactMap { index in
            guard reply[index] == marker[0], reply[index...].starts(with: marker) else { return nil }
            let isAtStart = index == 0 || reply[index - 1] == 0x0A || reply[index - 1] == UInt8(ascii: "}")
            return isAtStart ? Int(String(decoding: reply[(index + 9)...].prefix(3), as: UTF8.self)) : nil
        }
    }
}
