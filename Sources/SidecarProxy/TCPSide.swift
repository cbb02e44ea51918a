import Glibc
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
    /// Whether the sending side ends behind what was written.
    private(set) var isOutputClosed = false
    /// Whether it has ended, with everything sent.
    private var isOutputSent = false
    /// Whether the connection broke off.
    private(set) var hasFailed = false
    /// Whether the connection is gone.
    private(set) var isGone = false
    /// Whether the whole connection ends with its sending side, and whether by a reset.
    private var endsConnection = false
    private var resets = false

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
            if isOutputSent { context.close(promise: nil) }
        }
        if case .lastCall? = event as? DrainEvent, isClient { relay.close() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        hasFailed = true
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isInputClosed = true
        isOutputClosed = true
        isGone = true
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

    /// Ends the sending side behind what was written, however slowly the peer reads it.
    ///
    /// A channel whose input has ended would drop what waits to be sent, so the end of that is awaited here; the
    /// relay's idle timeout bounds it.
    func endOutput() {
        guard !isOutputClosed, let context else { return }
        isOutputClosed = true
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.outputSent() }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    }

    /// Ends the connection behind what was written: the other one is gone.
    ///
    /// - Parameter resets: Whether the other one broke off, so that the peer must not take this for a proper end.
    func finish(resets: Bool) {
        guard !isOutputSent else { return close() }
        endsConnection = true
        guard !isOutputClosed else { return }
        self.resets = resets
        endOutput()
    }

    private func outputSent() {
        guard let context, !isOutputSent else { return }
        isOutputSent = true
        if resets {
            (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete {
                _ in
            }
        }
        if endsConnection || isInputClosed {
            context.close(promise: nil)
        } else {
            context.close(mode: .output, promise: nil)
        }
    }

    /// Closes behind what was written.
    func close() { context?.close(promise: nil) }

    private func write(_ bytes: ByteBuffer) {
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }
}
