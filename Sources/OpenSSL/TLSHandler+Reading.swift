public import NIOCore
import NIOTLS

extension TLSHandler {
    /// Takes encrypted bytes and delivers what they decrypt to, at once and in one piece.
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        switch lifecycle.phase {
        case .idle, .closed:
            return
        case .closing:
            // Only the peer's close_notify matters now, and it is found without keeping what comes before it.
            connection.receive(bytes)
            drain(context)
        case .handshaking:
            connection.receive(bytes)
            continueHandshake(context)
        case .open:
            let expected = bytes.readableBytes
            connection.receive(bytes)
            deliver(context, expecting: expected)
        }
    }

    /// Asks the channel for more when the bytes so far were too few for the handshake or for whoever asked.
    public func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        switch lifecycle.phase {
        case .handshaking, .closing: readChannel(context)
        case .open: if owesRead { context.read() }
        case .idle, .closed: break
        }
    }

    /// Notes that the layers above want something, and asks the channel.
    public func read(context: ChannelHandlerContext) {
        owesRead = true
        readChannel(context)
    }

    /// Asks the channel, unless nothing more is taken in before the handshake has its turn.
    private func readChannel(_ context: ChannelHandlerContext) {
        guard !isWaitingForTurn else {
            owesChannelRead = true
            return
        }
        context.read()
    }

    /// Handles the end of the peer's side where the channel tells it apart from the end of the connection.
    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        connection.receiveEnd()
        switch lifecycle.phase {
        case .handshaking:
            continueHandshake(context)
        case .open(inputEnded: false, _):
            deliver(context, expecting: 1_024)
        case .closing:
            closeChannel(context)
        case .idle, .open, .closed:
            // The layers above heard of the end with close_notify.
            break
        }
    }

    /// Decrypts everything received and delivers it; `expecting` is a guess of how much that is.
    func deliver(_ context: ChannelHandlerContext, expecting: Int) {
        guard lifecycle.delivers else { return }
        // A record may have begun in an earlier read, so a guess may fall short; the buffer then grows.
        var plaintext = context.channel.allocator.buffer(capacity: max(expecting, 1_024))
        let step = connection.read(into: &plaintext)
        // The peer may have asked for new keys, which is answered in our direction.
        sendCiphertext(context)
        if plaintext.readableBytes > 0 {
            owesRead = false
            context.fireChannelRead(wrapInboundOut(plaintext))
        }
        switch step {
        case .needsInput: break
        case .closed: peerSaidGoodbye(context)
        case .failed(let error): fail(error, context)
        }
    }

    /// Looks for the peer's close_notify and throws away the rest.
    private func drain(_ context: ChannelHandlerContext) {
        var discarded = ByteBuffer()
        switch connection.read(into: &discarded) {
        case .needsInput: break
        case .closed: peerSaidGoodbye(context)
        case .failed: connection.discardReceived()
        }
    }

    private func peerSaidGoodbye(_ context: ChannelHandlerContext) {
        let allowsHalfClosure = context.channel.allowsRemoteHalfClosure
        switch lifecycle.peerSaidGoodbye(allowsHalfClosure: allowsHalfClosure) {
        case .ignore:
            break
        case .endInput:
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .answerAndClose:
            failPending(ChannelError.ioOnClosedChannel)
            connection.close()
            sendCiphertext(context)
            context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
            closeChannel(context)
        case .closeNow:
            failPending(ChannelError.ioOnClosedChannel)
            context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
            closeChannel(context)
        }
    }
}

extension Channel {
    /// Whether the channel lets the peer end its side alone; false for a channel without that option.
    fileprivate var allowsRemoteHalfClosure: Bool {
        // A channel that does not know the option throws: then there is no half closure to allow.
        (try? syncOptions?.getOption(.allowRemoteHalfClosure)) ?? false
    }
}
