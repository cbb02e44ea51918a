import LoadBalancing
import NIOCore

/// Sends what a TCP check sends, and waits for what it expects, in this order and with anything in between.
final class TCPProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let probe: HealthProbe
    private let send: [UInt8]
    private var expected: ArraySlice<[UInt8]>
    private var received: [UInt8] = []

    /// The most bytes that are kept of the answer.
    private static let limit = 64 * 1024

    init(_ probe: HealthProbe, send: [UInt8], receive: [[UInt8]]) {
        self.probe = probe
        self.send = send
        expected = receive.filter { !$0.isEmpty }[...]
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if !send.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: send)), promise: nil) }
        if expected.isEmpty { probe.finish(.success) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        guard received.count <= Self.limit else { return probe.finish(.failure) }
        while let next = expected.first {
            guard let end = Self.end(of: next, in: received) else { return }
            received.removeFirst(end)
            expected = expected.dropFirst()
        }
        probe.finish(.success)
    }

    func channelInactive(context: ChannelHandlerContext) { probe.finish(.failure) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { probe.finish(.failure) }

    private static func end(of part: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= part.count else { return nil }
        for start in 0...bytes.count - part.count where bytes[start..<start + part.count].elementsEqual(part) {
            return start + part.count
        }
        return nil
    }
}
