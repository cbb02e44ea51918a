import HTTP2
import NIOCore

/// A channel's handler that speaks HTTP/2 by a session.
protocol HTTP2Connection: ChannelInboundHandler, RoundFlushing, HTTP2SessionDelegate
where InboundIn == ByteBuffer, OutboundOut == ByteBuffer {
    var session: HTTP2Session { get }
    var context: ChannelHandlerContext? { get }
    var worker: Worker { get }
    /// Whether ``flushNow()`` will be called at the end of the round.
    var isFlushAwaited: Bool { get set }
    /// Finds out whether the peer is still there; nil where that is not asked for.
    var keepalive: HTTP2KeepaliveTimer? { get }

    /// Closes the connection, whose peer has not acknowledged a PING in time.
    func keepaliveTimedOut()
}

extension HTTP2Connection {
    /// Whether the channel takes more.
    var isWritable: Bool { session.isWritable }

    func acknowledgedPing() { keepalive?.acknowledge() }

    func heardWhileAwaitingPing() { keepalive?.hear() }

    /// Sends what was written at the end of the round.
    func flush() {
        guard !isFlushAwaited, session.output.readableBytes > 0 else { return }
        isFlushAwaited = true
        worker.flushes.add(self)
    }

    func flushNow() {
        isFlushAwaited = false
        guard let context, session.output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(session.takeOutput()), promise: nil)
    }
}
