import NIOCore
import ServerCore

/// One of the two connections of a ``TCPRelay``: hands every byte to the other one.
final class TCPSide: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let relay: TCPRelay
    private let isClient: Bool
    private(set) var context: ChannelHandlerContext?
    /// What came before the other side was there.
    private var early = ByteBuffer()
    private var isReadingPaused = false
    private(set) var isInputClosed = false
    private(set) var isOutputClosed = false

    init(_ relay: TCPRelay, isClient: Bool) {
        self.relay = relay
        self.isClient = isClient
    }

    /// Whether the connection takes more now.
    var isWritable: Bool { context?.channel.isWritable ?? false }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        relay.received(bytes.readableBytes, fromClient: isClient)
        guard let other = relay.other(than: self) else {
            var bytes = bytes
            early.writeBuffer(&bytes)
            // Nobody takes it yet: what has come is all that is kept.
            return setReading(false)
        }
        other.write(bytes)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard let other = relay.other(than: self) else { return }
        other.context?.flush()
        setReading(other.isWritable)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        relay.other(than: self)?.setReading(context.channel.isWritable)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            isInputClosed = true
            relay.other(than: self)?.endOutput()
            relay.closeIfDone()
        }
        if case .lastCall? = event as? DrainEvent, isClient { relay.close() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { relay.close() }

    func channelInactive(context: ChannelHandlerContext) {
        isInputClosed = true
        isOutputClosed = true
        relay.ended(self)
    }

    /// The other side is there: it gets what waits for it.
    func begin() {
        guard let other = relay.other(than: self) else { return }
        if early.readableBytes > 0 { other.write(early) }
        early = ByteBuffer()
        other.context?.flush()
        if isInputClosed { other.endOutput() }
        setReading(other.isWritable)
    }

    /// Stops or resumes reading.
    func setReading(_ on: Bool) {
        guard isReadingPaused == on, let channel = context?.channel, channel.isActive else { return }
        isReadingPaused = !on
        // The option cannot fail on an open channel; a closed one needs no pause.
        try? channel.syncOptions?.setOption(.autoRead, value: on)
    }

    /// Ends the sending side behind what was written.
    func endOutput() {
        guard !isOutputClosed else { return }
        isOutputClosed = true
        context?.flush()
        context?.close(mode: .output, promise: nil)
    }

    /// Closes behind what was written.
    func close() { context?.close(promise: nil) }

    private func write(_ bytes: ByteBuffer) {
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }
}
