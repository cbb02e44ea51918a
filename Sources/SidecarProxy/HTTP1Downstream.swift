import HTTP1
import NIOCore
import ServerCore

/// A client's connection: reads requests one after the other, forwards each and writes its response.
///
///     idle --head--> active --response and request finished--> idle
///                      |                    '--not persistent--> lingering --> closed
///                      '--101--> tunnel --> closed
///
/// One fat handler: everything between the two sockets happens in it and in ``UpstreamHandler``, on one event loop.
/// Back-pressure goes both ways by the channels' watermarks: the side that cannot write stops the other's reading.
final class DownstreamHandler: ChannelInboundHandler {
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

    let plan: ConnectionPlan
    let worker: Worker
    let counters: DownstreamCounters
    let peer: String

    var context: ChannelHandlerContext?
    var phase = Phase.idle
    var parser = RequestParser()
    var input = ByteBuffer()
    var isReadingPaused = false
    var isWritable = true
    var isProcessing = false
    /// Whether the client has ended its sending side.
    var isInputClosed = false
    /// Whether the last answer of a connection that ends has left for the client.
    var isOutputSent = false

    // The request under way.
    var requestBody = BodyDecoder(.none)
    var isRequestChunked = false
    /// The head toward the endpoint, with the body's beginning: what a second attempt would send.
    var request = ByteBuffer()
    var isReplayable = true
    var isRequestDone = true
    var method = RequestMethod.other
    var minorVersion: UInt8 = 1
    var isPersistent = true
    var wantsWebSocket = false
    var cluster: UpstreamCluster?
    var endpoint: UpstreamEndpoint?
    var upstream: UpstreamHandler?
    /// Tells a connection attempt whose request is gone from the one that is awaited.
    var attempt = 0
    var attemptsLeft = 0
    var routeTimeout: TimeAmount?

    // The response under way.
    var out = ByteBuffer()
    var needsFlush = false
    var hasResponse = false
    var isResponseChunked = false
    var startTime = NIODeadline.now()

    // Deadlines, checked by one lazily moved callback.
    var lastActivity = NIODeadline.now()
    var headStart: NIODeadline?
    var routeDeadline: NIODeadline?
    var lingerDeadline: NIODeadline?
    var armed: NIODeadline?
    var callback: NIOScheduledCallback?

    init(plan: ConnectionPlan, worker: Worker, counters: DownstreamCounters, peer: String) {
        self.plan = plan
        self.worker = worker
        self.counters = counters
        self.peer = peer
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        counters.connections.add()
        counters.activeConnections.add()
        arm(at: lastActivity)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        switch phase {
        case .lingering, .closed:
            return
        case .tunnel:
            lastActivity = .now()
            upstream?.write(buffer)
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
        upstream?.flush()
        flushResponse()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        upstream?.setReading(isWritable)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { inputClosed() }
        if case .lastCall? = event as? DrainEvent, phase == .idle, input.readableBytes == 0 {
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
        if phase == .active || phase == .tunnel { counters.activeRequests.add(-1) }
        phase = .closed
        counters.activeConnections.add(-1)
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        attempt += 1
        releaseUpstream()?.abandon()
        input = ByteBuffer()
    }

    /// Takes the endpoint's connection off the request.
    func releaseUpstream() -> UpstreamHandler? {
        defer { upstream = nil }
        if cluster != nil {
            cluster?.counters.activeRequests.add(-1)
            endpoint?.activeRequests -= 1
        }
        cluster = nil
        endpoint = nil
        return upstream
    }
}
