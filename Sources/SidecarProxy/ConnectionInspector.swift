import NIOCore

/// Looks at the first bytes of a connection, without answering them, to choose its filter chain.
///
/// It keeps what it reads and hands it to the chain's handlers when they are there.
final class ConnectionInspector: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let timeout: TimeAmount?
    private let continuesOnTimeout: Bool
    private let decided: (any Channel, ClientHello?) throws -> Void
    private var input = ByteBuffer()
    private var isDone = false
    private var callback: NIOScheduledCallback?
    private var context: ChannelHandlerContext?

    /// Makes an inspector.
    ///
    /// - Parameters:
    ///   - timeout: How long the first bytes may take; nil for as long as they like.
    ///   - continuesOnTimeout: Whether a silent client is then taken for one that does not speak TLS.
    ///   - decided: Adds the chain's handlers to the channel; nil stands for a client that does not speak TLS.
    init(
        timeout: TimeAmount?,
        continuesOnTimeout: Bool,
        decided: @escaping (any Channel, ClientHello?) throws -> Void
    ) {
        self.timeout = timeout
        self.continuesOnTimeout = continuesOnTimeout
        self.decided = decided
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        guard let timeout else { return }
        // A loop that shuts down takes no callbacks; its connections end with it.
        callback = try? context.eventLoop.assumeIsolated().scheduleCallback(in: timeout, handler: self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        callback?.cancel()
        callback = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return context.fireChannelRead(data) }
        var bytes = unwrapInboundIn(data)
        input.writeBuffer(&bytes)
        switch ClientHello.judge(input.readableBytesUInt8Span) {
        case .incomplete:
            if input.readableBytes > 2 * ClientHello.limit { context.close(promise: nil) }
        case .hello(let hello): finish(context, hello)
        case .plain: finish(context, nil)
        }
    }

    private func finish(_ context: ChannelHandlerContext, _ hello: ClientHello?) {
        isDone = true
        callback?.cancel()
        callback = nil
        let bytes = input
        input = ByteBuffer()
        do {
            try decided(context.channel, hello)
        } catch {
            return context.close(promise: nil)
        }
        if bytes.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(bytes))
            context.fireChannelReadComplete()
        }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}

extension ConnectionInspector: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        callback = nil
        guard !isDone, let context else { return }
        guard continuesOnTimeout, input.readableBytes == 0 else { return context.close(promise: nil) }
        finish(context, nil)
    }
}
