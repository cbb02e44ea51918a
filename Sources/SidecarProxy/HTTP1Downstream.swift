import HTTP1
import NIOCore
import ServerCore

/// A client's connection of HTTP/1: reads requests one after the other and writes their responses.
///
///     idle --head--> active --response and request finished--> idle
///                      |                    '--not persistent--> lingering --> closed
///                      '--101--> tunnel --> closed
///
/// One fat handler; what only a request needs is in ``HTTP1Work``, which it has no longer than that. Back-pressure goes
/// both ways by the channels' watermarks: the side that cannot write stops the other's reading.
final class HTTP1Downstream: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Where the connection stands.
    enum Phase {
        case idle
        case active
        case tunnel
        case lingering
        case closed
    }

    let site: HTTPSite
    /// What belongs to the request under way, or to the one that begins.
    private(set) var work: HTTP1Work?

    /// Whether nothing has been read yet.
    var isFirst = true

    var context: ChannelHandlerContext?
    var phase = Phase.idle
    var input = ByteBuffer()
    var isReadingPaused = false
    var isWritable = true
    var isProcessing = false
    /// Whether the client has ended its sending side.
    var isInputClosed = false
    /// Whether the last answer of a connection that ends has left for the client.
    var isOutputSent = false

    private(set) var socket: PlainSocket?

    // The request under way.
    var requestBody = BodyDecoder(.none)
    var isPersistent = true

    // The response under way.
    var out = ByteBuffer()
    var needsFlush = false
    var isFlushAwaited = false
    /// Bytes of bodies that the channel has and was not told to send.
    var unsent = 0
    var isResponseChunked = false
    var hasResponseLength = false

    /// Requests that have come.
    var requestCount = 0

    // Deadlines, checked by one lazily moved callback.
    let opened = NIODeadline.now()
    var lastActivity = NIODeadline.now()
    var headStart: NIODeadline?
    /// When the connection is closed: while idle because it drains, else because it lingers.
    var closeDeadline: NIODeadline?
    var armed: NIODeadline?
    var callback: NIOScheduledCallback?

    init(_ site: HTTPSite) {
        self.site = site
    }

    var plan: ConnectionPlan { site.plan }
    var worker: Worker { site.worker }
    var counters: DownstreamCounters { site.counters }
    /// The request under way.
    var exchange: Exchange { takeWork().exchange }

    /// The work for the request that begins, and then for the same request.
    func takeWork() -> HTTP1Work {
        if let work { return work }
        let taken = site.slot.takeWork(for: site)
        taken.exchange.downstream = self
        work = taken
        return taken
    }

    /// Gives the work away when there is nothing to do; only where nothing of it is being executed.
    func returnWork() {
        guard phase == .idle, headStart == nil, input.readableBytes == 0, let work else { return }
        work.exchange.downstream = nil
        self.work = nil
        site.slot.returnWork(work)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if !site.client.isTLS { socket = PlainSocket(context.channel) }
        counters.connections.add()
        counters.activeConnections.add()
        arm(at: lastActivity)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        site.client.end()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        switch phase {
        case .lingering, .closed:
            return
        case .tunnel:
            exchange.sendTunnelBytes(buffer)
            return pauseIfNeeded()
        case .idle, .active:
            if input.readableBytes > 0 {
                input.writeBuffer(&buffer)
            } else {
                input = buffer
            }
            process()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        work?.exchange.upstream?.flush()
        flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        work?.exchange.downstreamWritabilityChanged(isWritable)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { inputClosed() }
        if case .lastCall? = event as? DrainEvent, phase == .idle, input.readableBytes == 0 {
            flushNow()
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// The connection is gone; the endpoint's work for it is in vain.
    private func end() {
        guard phase != .closed else { return }
        phase = .closed
        counters.activeConnections.add(-1)
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        work?.exchange.cancel()
        work?.exchange.downstream = nil
        work = nil
        input = ByteBuffer()
    }
}
