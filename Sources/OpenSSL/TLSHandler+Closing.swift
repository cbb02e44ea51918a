public import NIOCore
import NIOTLS

extension TLSHandler {
    /// Ends the session before the channel: close_notify goes out, the peer's is awaited for a bounded time.
    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .all: closeAll(context, promise)
        case .output: closeOutput(context, promise)
        case .input: context.close(mode: .input, promise: promise)
        }
    }

    private func closeAll(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let verdict = lifecycle.close()
        keep(promise)
        switch verdict {
        case .closeNow:
            failPending(ChannelError.ioOnClosedChannel)
            closeChannel(context)
        case .sayGoodbye:
            failPending(ChannelError.ioOnClosedChannel)
            connection.close()
            sendCiphertext(context)
            linger(context)
        case .wait:
            linger(context)
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        switch lifecycle.phase {
        case .idle, .handshaking:
            guard heldOutputClose == nil else {
                promise?.fail(ChannelError.outputClosed)
                return
            }
            heldOutputClose = HeldOutputClose(promise: promise)
        case .open, .closing, .closed:
            endOutput(context, promise)
        }
    }

    /// Ends the output if that was asked for during the handshake.
    func endHeldOutput(_ context: ChannelHandlerContext) {
        guard let held = heldOutputClose else { return }
        heldOutputClose = nil
        endOutput(context, held.promise)
    }

    private func endOutput(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        guard lifecycle.endOutput() else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        failPending(ChannelError.outputClosed)
        connection.close()
        sendCiphertext(context)
        guard lifecycle.phase == .open(inputEnded: true, outputEnded: true) else {
            context.close(mode: .output, promise: promise)
            return
        }
        keep(promise)
        _ = lifecycle.close()
        context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
        closeChannel(context)
    }

    /// Ends our side of the connection and waits, for a bounded time, until the peer has ended its side.
    ///
    /// Closing at once would lose what the peer has not read yet: unread bytes in our receive buffer turn the close
    /// into a reset, which overtakes them.
    func linger(_ context: ChannelHandlerContext) {
        guard !isLingering else { return }
        isLingering = true
        schedule(after: limits.shutdownTimeout, context)
        context.close(mode: .output, promise: nil)
        context.read()
    }

    /// Closes the channel now.
    func closeChannel(_ context: ChannelHandlerContext) {
        cancelDeadline()
        let promise = closePromise
        closePromise = nil
        context.close(mode: .all, promise: promise)
    }

    /// Keeps a promise for the end of the channel, beside those kept before.
    private func keep(_ promise: EventLoopPromise<Void>?) {
        guard let promise else { return }
        guard let first = closePromise else {
            closePromise = promise
            return
        }
        first.futureResult.cascade(to: promise)
    }
}
